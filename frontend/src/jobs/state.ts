import type { Job, JobState, PageOf } from "../api/types";
import { duration, timeLeft } from "../components/format";

export type Tone = "plain" | "accent" | "good" | "careful" | "wrong";

/** The state of a job in words; the tone never stands without them. */
export function stateOf(job: Pick<Job, "state" | "cancel_requested">): { word: string; tone: Tone } {
  if (job.cancel_requested && isOpen(job.state)) return { word: "Stopping", tone: "careful" };
  return STATES[job.state];
}

const STATES: Record<JobState, { word: string; tone: Tone }> = {
  waiting: { word: "Waiting", tone: "plain" },
  running: { word: "Running", tone: "accent" },
  finished: { word: "Finished", tone: "good" },
  failed: { word: "Failed", tone: "wrong" },
  cancelled: { word: "Cancelled", tone: "plain" },
};

/** Still to come or under way. */
export function isOpen(state: JobState): boolean {
  return state === "waiting" || state === "running";
}

/** The line under a job: what it does now and how long that takes, or how long it took. */
export function lineOf(job: Job): string {
  if (job.state === "running") {
    return [job.message, timeLeft(job.seconds_left)].filter(Boolean).join(" · ");
  }
  if (job.state === "waiting") return "Starts as soon as a worker is free";
  if (job.state === "finished" && job.started_at && job.finished_at) {
    const seconds = (Date.parse(job.finished_at) - Date.parse(job.started_at)) / 1000;
    return `Took ${duration(seconds)}`;
  }
  const { finished, waiting, failed } = job.steps;
  const all = finished + waiting + failed + job.steps.running;
  return all > 0 ? `${finished} of ${all} steps are done and kept` : "";
}

/** The list with one job in its newest state; an unknown one stands first. */
export function withJob(page: PageOf<Job> | undefined, job: Job): PageOf<Job> | undefined {
  if (!page) return page;
  const known = page.items.some((each) => each.id === job.id);
  const items = known ? page.items.map((each) => (each.id === job.id ? job : each)) : [job, ...page.items];
  return { ...page, items };
}

/** The list with its newest jobs replaced by what the service just said; older ones stay. */
export function withNewest(page: PageOf<Job> | undefined, newest: readonly Job[]): PageOf<Job> | undefined {
  if (!page) return page;
  const told = new Set(newest.map((job) => job.id));
  return { ...page, items: [...newest, ...page.items.filter((job) => !told.has(job.id))] };
}

/** The list with the next older page behind it. */
export function withOlder(page: PageOf<Job> | undefined, older: PageOf<Job>): PageOf<Job> {
  if (!page) return older;
  const known = new Set(page.items.map((job) => job.id));
  return { items: [...page.items, ...older.items.filter((job) => !known.has(job.id))], next: older.next };
}

/** Where a finished job leads. */
export function resultPath(job: Job): { to: string; label: string } | null {
  if (!job.result) return null;
  const { kind, id } = job.result;
  if (kind === "data_set") return { to: `/data-sets/${id}`, label: "Open the data set" };
  if (kind === "classifier") return { to: `/classifiers/${id}`, label: "Open the classifier" };
  if (kind === "run") return { to: `/runs/${id}`, label: "Open the run" };
  if (kind === "agreement") return { to: `/agreement/${id}`, label: "Open the agreement" };
  return null;
}
