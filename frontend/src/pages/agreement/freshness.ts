import type { Overview } from "../../api/agreement";
import type { Job } from "../../api/types";
import { count, many } from "../../components/format";

/** As far as the page may ask again while people go on naming. */
export const PAUSE_MS = 15_000;
const CHANCE_PAUSE_MS = 1_000;

type Standing = Pick<Overview["classes"][number], "state" | "computed_at">;

/** What the page knows about the computing of its figures; times in milliseconds. */
export interface Freshness {
  /** The job that computes them. */
  readonly job: string | null;
  readonly asking: boolean;
  readonly askedAt: number | null;
  /** A job has ended since the figures were read: what they were then is no reason to ask. */
  readonly unread: boolean;
  /** Why they are not computed any more; asked again only by hand. */
  readonly failure: string | null;
}

export type News =
  /** The stored figures were read, and which job is under way. */
  | { readonly kind: "read"; readonly job: string | null }
  | { readonly kind: "asking"; readonly at: number }
  | { readonly kind: "answered"; readonly job: string | null }
  | { readonly kind: "refused"; readonly sentence: string }
  | { readonly kind: "ended"; readonly job: Pick<Job, "id" | "state" | "error"> }
  /** Other figures are looked at: they are asked for at once. */
  | { readonly kind: "other" };

export const AT_FIRST: Freshness = { job: null, asking: false, askedAt: null, unread: false, failure: null };

export function freshness(before: Freshness, news: News): Freshness {
  switch (news.kind) {
    case "read":
      return read(before, news.job);
    case "asking":
      return { ...before, asking: true, askedAt: news.at, failure: null };
    case "answered":
      return { ...before, asking: false, job: news.job ?? before.job };
    case "refused":
      return { ...before, asking: false, failure: news.sentence };
    case "ended":
      return before.job === news.job.id
        ? { ...before, job: null, unread: true, failure: failureOf(news.job) }
        : before;
    case "other":
      return AT_FIRST;
  }
}

function read(before: Freshness, job: string | null): Freshness {
  if (job && job !== before.job) return { ...before, job, unread: false, failure: null };
  return before.unread ? { ...before, unread: false } : before;
}

function failureOf({ state, error }: Pick<Job, "state" | "error">): string | null {
  if (state === "failed") return error ?? "The job that computes them failed.";
  if (state === "cancelled") return "The job that computes them was cancelled.";
  return null;
}

/**
 * In how many milliseconds the page asks for figures; null if it does not. The levels of chance follow the figures
 * at once, in a job of their own; what is out of date meanwhile is asked for beside it.
 */
export function asksIn(known: Freshness, classes: readonly Standing[], now: number): number | null {
  if (known.asking || known.unread || known.failure) return null;
  const due = (pause: number) => (known.askedAt === null ? 0 : Math.max(0, known.askedAt + pause - now));
  if (classes.some(({ state }) => state === "stale" || state === "missing")) {
    return known.job && known.askedAt === null ? PAUSE_MS : due(PAUSE_MS);
  }
  if (known.job || classes.every(({ state }) => state === "fresh")) return null;
  return due(CHANCE_PAUSE_MS);
}

/** "12 seconds ago", "3 minutes ago", "2 hours ago", "5 days ago"; a clock that runs ahead is no future. */
export function ago(moment: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(moment)) / 1000));
  if (seconds < 60) return `${many(seconds, "second")} ago`;
  if (seconds < 3600) return `${many(Math.floor(seconds / 60), "minute")} ago`;
  if (seconds < 86_400) return `${many(Math.floor(seconds / 3600), "hour")} ago`;
  return `${many(Math.floor(seconds / 86_400), "day")} ago`;
}

/** That the figures shown may be old, since they can't be read again. */
export function unreadLine(classes: readonly Standing[], now: number): string {
  return `${ageOf(classes, now)}; the service does not answer, it is asked again`;
}

function ageOf(classes: readonly Standing[], now: number): string {
  const oldest = classes.flatMap((each) => each.computed_at ?? []).sort()[0];
  return oldest ? `Figures of ${ago(oldest, now)}` : "No figures yet";
}

/** How old the figures are and what is done about it, in one line. */
export function freshnessLine(classes: readonly Standing[], computing: boolean, now: number): string {
  const having = (state: Standing["state"]) => classes.filter((each) => each.state === state).length;
  const [stale, missing, chance] = [having("stale"), having("missing"), having("without_chance")];
  const age = ageOf(classes, now);
  if (classes.length === 0) return age;
  if (stale + missing + chance === 0) return `${age}; nothing has changed since`;
  const parts = [
    stale > 0 ? `${classesAre(stale)} ${computing ? "being computed again" : "out of date"}` : "",
    missing > 0 ? `${classesAre(missing)} ${computing ? "being computed" : "not computed yet"}` : "",
    chance > 0 ? `levels of chance ${computing ? "are being computed" : "follow"}` : "",
  ].filter(Boolean);
  return `${age}; ${parts.join(", ")}`;
}

function classesAre(n: number): string {
  return n === 1 ? "1 class is" : `${count(n)} classes are`;
}
