import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { asProblem } from "../../api/problem";
import { readBoards } from "../../board/api";
import { openBoards, useShowAnyway, WHAT_IT_DOES } from "../../board/showAnyway";
import { Button } from "../../components/Button";
import { Empty } from "../../components/Empty";
import { Sentence } from "../../components/Failed";
import { count, many } from "../../components/format";
import styles from "./Blinded.module.css";

/** Whether the service refused because the asker has an open board in the run. */
export function isBlinded(error: unknown): boolean {
  return error !== null && asProblem(error).code === "blinded";
}

interface BlindedProps {
  run: string;
  project?: string | undefined;
  /** What is hidden. */
  what?: string;
}

/** What stands in the place of explanations or figures while a board of the run is open. */
export function Blinded({ run, project, what = "explanations" }: BlindedProps) {
  const show = useShowAnyway();
  return (
    <Empty
      title="Hidden while you name"
      action={
        <>
          <Button busy={show.isPending} onClick={() => show.mutate({ run, project })}>
            Show anyway
          </Button>
          <Sentence error={show.error} />
        </>
      }
    >
      <p>
        You have an open board in this run, and {what} would tell what it hides. When your boards of this run
        are finished, this page opens.
      </p>
      <OpenBoards run={run} project={project} />
      <p>{WHAT_IT_DOES}</p>
    </Empty>
  );
}

/** Which boards those are, since they may be of another round, or of long ago. */
function OpenBoards({ run, project }: Pick<BlindedProps, "run" | "project">) {
  const found = useQuery({ queryKey: ["boards", project], queryFn: () => readBoards(project) });
  const open = openBoards(run, found.data ?? []);
  if (open.length === 0) return null;
  return (
    <ul className={styles.open}>
      {open.map((board) => (
        <li key={board.id}>
          <Link to={board.url}>{board.class_name}</Link>
          {` of “${board.round_name}”, ${count(board.placed)} of ${many(board.total, "map")} placed`}
        </li>
      ))}
    </ul>
  );
}
