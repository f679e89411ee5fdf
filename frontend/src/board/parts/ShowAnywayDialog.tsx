import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { problemOf } from "../../api/problem";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { Sentence } from "../../components/Failed";
import { readBoards } from "../api";
import { useConductor } from "../context";
import { useShowAnyway, WHAT_IT_DOES } from "../showAnyway";

const GONE = "This board is not among yours any more; go back to your boards.";

/** Asks before the board stops being blind, and goes to what it hid. */
export function ShowAnywayDialog({ close }: { close: () => void }) {
  const { board } = useConductor();
  const show = useShowAnyway();
  const navigate = useNavigate();
  const go = useMutation({
    mutationFn: async () => {
      const project = board.project_id;
      const run = (await readBoards(project)).find((each) => each.id === board.id)?.run_id;
      if (!run) throw problemOf(404, { code: "not_found", title: "Not found", detail: GONE });
      await show.mutateAsync({ run, project });
      await navigate({ to: "/explain/$run", params: { run } });
    },
  });
  return (
    <Dialog
      open
      onOpenChange={close}
      title="Show what this board hides?"
      description={WHAT_IT_DOES}
      footer={
        <>
          <Button onClick={close}>Stay blind</Button>
          <Button busy={go.isPending} onClick={() => go.mutate()}>
            Show anyway
          </Button>
        </>
      }
    >
      <p>You come to the explanations of the run; the board stays as it is.</p>
      <Sentence error={go.error} />
    </Dialog>
  );
}
