import type { NamePair, Relation } from "../../api/types";

/** Something that was said about a pair, or taken back. */
export interface Step {
  /** Rises from step to step. */
  readonly id: number;
  readonly pair: NamePair;
  readonly relation: Relation | null;
  /** What was said of the pair before. */
  readonly before: Relation | null;
}

/** What is sent to the service: a step, or the way back from one. */
export interface Sent {
  readonly step: Step;
  readonly back: boolean;
}

export interface Steps {
  /** Those that stand, the last one last. */
  readonly done: readonly Step[];
  /** Why the service refused the last one that it refused. */
  readonly error: unknown;
}

export const NO_STEPS: Steps = { done: [], error: null };

export type StepEvent = { kind: "sent"; sent: Sent } | { kind: "refused"; sent: Sent; error: unknown };

/** A refused step was never said and is not offered to be undone; a refused way back leaves its step standing. */
export function steps({ done }: Steps, event: StepEvent): Steps {
  const { step, back } = event.sent;
  const stands = (event.kind === "sent") !== back;
  const others = done.filter((each) => each.id !== step.id);
  return {
    done: stands ? [...others, step].toSorted((a, b) => a.id - b.id) : others,
    error: event.kind === "refused" ? event.error : null,
  };
}
