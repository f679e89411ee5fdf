import { asProblem } from "../../api/problem";
import { useShowAnyway, WHAT_IT_DOES } from "../../board/showAnyway";
import { Button } from "../../components/Button";
import { Empty } from "../../components/Empty";
import { Sentence } from "../../components/Failed";

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
      <p>{WHAT_IT_DOES}</p>
    </Empty>
  );
}
