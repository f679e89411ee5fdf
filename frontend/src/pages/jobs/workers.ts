import type { Workers } from "../../api/types";
import { many } from "../../components/format";

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
