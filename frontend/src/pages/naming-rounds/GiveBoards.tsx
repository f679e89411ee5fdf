import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { UserRoundPlus } from "lucide-react";
import { useState } from "react";
import { giveBoards, roundQuery } from "../../api/namings";
import { runQuery } from "../../api/runs";
import type { MyProject, NamingRoundDetail } from "../../api/types";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { Sentence } from "../../components/Failed";
import { Form } from "../../components/Form";
import { many } from "../../components/format";
import { Skeleton } from "../../components/Skeleton";
import { ClassChooser, PeopleChooser } from "./Choosers";

interface GiveBoardsProps {
  round: NamingRoundDetail;
  project: MyProject;
}

/** Boards for more people or more classes; those that are there stay as they are. */
export function GiveBoards({ round, project }: GiveBoardsProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<UserRoundPlus aria-hidden />} onClick={() => setOpen(true)}>
        Give boards
      </Button>
      {open ? <GiveDialog round={round} project={project} close={() => setOpen(false)} /> : null}
    </>
  );
}

function GiveDialog({ round, project, close }: GiveBoardsProps & { close: () => void }) {
  const there = new Map(
    round.annotators.flatMap((each) =>
      each.account_id ? [[each.account_id, many(each.progress.boards, "board")] as const] : [],
    ),
  );
  const [people, setPeople] = useState<ReadonlySet<string>>(new Set());
  const [classes, setClasses] = useState<ReadonlySet<number>>(
    () => new Set(round.classes.map((each) => each.position)),
  );
  const run = useQuery(runQuery(round.run_id));
  const queries = useQueryClient();
  const give = useMutation({
    mutationFn: () =>
      giveBoards(
        round.id,
        [...people],
        [...classes].sort((a, b) => a - b),
      ),
    onSuccess: async (next) => {
      queries.setQueryData(roundQuery(round.id).queryKey, next);
      await queries.invalidateQueries({ queryKey: ["naming-rounds"] });
      close();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={close}
      wide
      title="Give boards"
      description="Each person gets a board for each class. Boards that are there already stay as they are."
    >
      <Form
        submit={() => give.mutate()}
        error={give.error}
        actions={
          <>
            <Button
              type="submit"
              look="main"
              busy={give.isPending}
              disabled={people.size === 0 || classes.size === 0}
            >
              Give boards
            </Button>
            <Button onClick={close}>Cancel</Button>
          </>
        }
      >
        <PeopleChooser project={project} chosen={people} onChosen={setPeople} notes={there} />
        <Sentence error={run.error} />
        {run.data ? (
          <ClassChooser run={run.data} chosen={classes} onChosen={setClasses} />
        ) : (
          <Skeleton height={80} />
        )}
      </Form>
    </Dialog>
  );
}
