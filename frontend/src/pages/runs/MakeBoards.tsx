import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { LayoutGrid } from "lucide-react";
import { useState } from "react";
import { makeBoards } from "../../api/runs";
import type { RunDetail } from "../../api/types";
import { Button } from "../../components/Button";
import { Checklist } from "../../components/Checklist";
import { Dialog } from "../../components/Dialog";
import { Form } from "../../components/Form";
import { many } from "../../components/format";

/** Starts a naming round: choose classes, make boards, go to them. */
export function MakeBoards({ run }: { run: RunDetail }) {
  const [open, setOpen] = useState(false);
  const title = run.needs_choice ? "Choose first which maps go on boards" : undefined;
  return (
    <>
      <Button
        look="main"
        icon={<LayoutGrid aria-hidden />}
        disabled={run.needs_choice}
        title={title}
        onClick={() => setOpen(true)}
      >
        Make boards
      </Button>
      {open ? <ClassesDialog run={run} close={() => setOpen(false)} /> : null}
    </>
  );
}

function ClassesDialog({ run, close }: { run: RunDetail; close: () => void }) {
  const filled = run.classes.filter((row) => (row.maps_on_board ?? 0) > 0);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(() => new Set(filled.map((row) => row.position)));
  const queries = useQueryClient();
  const navigate = useNavigate();
  const make = useMutation({
    mutationFn: () =>
      makeBoards(run.id, chosen.size === filled.length ? null : [...chosen].sort((a, b) => a - b)),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["boards"] });
      await navigate({ to: "/boards" });
    },
  });
  return (
    <Dialog
      open
      onOpenChange={close}
      title="Make boards"
      description="Each class becomes a board with every significant map of its test images, in an order of its own."
    >
      <Form
        submit={() => make.mutate()}
        error={make.error}
        actions={
          <>
            <Button type="submit" look="main" busy={make.isPending} disabled={chosen.size === 0}>
              Make {many(chosen.size, "board")}
            </Button>
            <Button onClick={close}>Cancel</Button>
          </>
        }
      >
        <Checklist
          label="Classes"
          chosen={chosen}
          onChosen={setChosen}
          items={filled.map((row) => ({
            key: row.position,
            label: row.name,
            note: many(row.maps_on_board ?? 0, "map"),
          }))}
        />
      </Form>
    </Dialog>
  );
}
