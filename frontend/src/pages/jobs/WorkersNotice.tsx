import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLive } from "../../api/events";
import { workersQuery } from "../../api/jobs";
import type { Workers } from "../../api/types";
import { Failed } from "../../components/Failed";
import { many } from "../../components/format";
import { Notice } from "../../components/Notice";
import styles from "./JobsPage.module.css";

/** Who does the work, or that nobody does. */
export function WorkersNotice() {
  const queries = useQueryClient();
  const workers = useQuery(workersQuery);
  useLive(["workers"], (event) => queries.setQueryData(workersQuery.queryKey, event.data as Workers));
  if (workers.isPending) return <div className={styles.workers} />;
  if (workers.isError) return <Failed error={workers.error} />;
  const { tone, sentence } = workersSentence(workers.data);
  return (
    <Notice tone={tone}>
      <p>{sentence}</p>
    </Notice>
  );
}

/** What to know about the workers, in one or two sentences. */
export function workersSentence({ workers, running, waiting_queues }: Workers): {
  tone: "plain" | "wrong" | "careful";
  sentence: string;
} {
  if (!running) {
    return {
      tone: "wrong",
      sentence:
        "No worker is running, so nothing goes on. “glossator up” starts one with the service; “glossator doctor” says what keeps it away.",
    };
  }
  const gpu = waiting_queues.find((queue) => queue.queue === "gpu");
  if (gpu) {
    return {
      tone: "careful",
      sentence: `${many(gpu.steps, "step")} wait for a worker with a graphics processor, and none is running.`,
    };
  }
  const places = workers.map((worker) => `${worker.host} (${worker.device})`).join(", ");
  return { tone: "plain", sentence: `${many(workers.length, "worker")} at work: ${places}.` };
}
