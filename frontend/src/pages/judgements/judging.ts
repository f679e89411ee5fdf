import type { NamePair, Relation } from "../../api/types";

/** Which pairs are listed; it stands in the link. */
export type Filter = "open" | "proposed" | "judged" | "all";

export const FILTERS: readonly { value: Filter; label: string }[] = [
  { value: "open", label: "To judge" },
  { value: "proposed", label: "With a proposal" },
  { value: "judged", label: "Judged" },
  { value: "all", label: "All" },
];

export function listed(pairs: readonly NamePair[], filter: Filter): NamePair[] {
  if (filter === "all") return [...pairs];
  if (filter === "open") return pairs.filter((pair) => pair.state !== "judged");
  return pairs.filter((pair) => pair.state === filter);
}

/** What each relation says, in the order of the buttons, with the key that gives it. */
export const RELATIONS: readonly { relation: Relation; label: string; key: string; says: string }[] = [
  { relation: "exact", label: "Exact", key: "e", says: "both mean the same" },
  { relation: "subset", label: "Subset", key: "s", says: "one is part of the other" },
  { relation: "none", label: "Neither", key: "n", says: "they mean different things" },
];

export function relationLabel(relation: Relation): string {
  return RELATIONS.find((each) => each.relation === relation)?.label ?? relation;
}

export type Gesture =
  | { kind: "judge"; relation: Relation }
  | { kind: "confirm" }
  | { kind: "step"; by: 1 | -1 }
  | { kind: "withdraw" }
  | { kind: "undo" };

interface Pressed {
  readonly key: string;
  /** The key is held down. */
  readonly repeat: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const WHILE_HELD: readonly Gesture["kind"][] = ["step", "undo"];

/**
 * What a key does while a pair is before the analyst; null for keys that mean nothing here.
 *
 * A key that is held down steps on, but says nothing of the pairs that it meets.
 */
export function gestureOf(pressed: Pressed): Gesture | null {
  const gesture = meantBy(pressed);
  return gesture && pressed.repeat && !WHILE_HELD.includes(gesture.kind) ? null : gesture;
}

function meantBy({ key, ctrlKey, metaKey, altKey }: Pressed): Gesture | null {
  const letter = key.toLowerCase();
  if ((ctrlKey || metaKey) && !altKey) return letter === "z" ? { kind: "undo" } : null;
  if (altKey) return null;
  const judged = RELATIONS.find((each) => each.key === letter);
  if (judged) return { kind: "judge", relation: judged.relation };
  if (key === "Enter") return { kind: "confirm" };
  if (key === "ArrowRight" || key === "ArrowDown") return { kind: "step", by: 1 };
  if (key === "ArrowLeft" || key === "ArrowUp") return { kind: "step", by: -1 };
  if (key === "Backspace" || key === "Delete") return { kind: "withdraw" };
  return null;
}

/** The pair before the analyst: the chosen one while it is listed, else the first. */
export function currentOf(pairs: readonly NamePair[], chosen: string | null): NamePair | null {
  return pairs.find((pair) => pair.id === chosen) ?? pairs[0] ?? null;
}

/** The pair so many steps on, without going over the ends. */
export function stepped(pairs: readonly NamePair[], from: string, by: 1 | -1): string {
  const at = pairs.findIndex((pair) => pair.id === from);
  return pairs[Math.min(Math.max(at + by, 0), pairs.length - 1)]?.id ?? from;
}

/** What the rules propose; null where they see no relation, which is no word for "neither". */
export function proposed({ proposal }: NamePair): Relation | null {
  return proposal.relation === "none" ? null : proposal.relation;
}

/** What stands under the names: "Proposal: Exact, the same words." */
export function proposalWords(pair: NamePair): string {
  const relation = proposed(pair);
  return relation
    ? `Proposal: ${relationLabel(relation)}, ${pair.proposal.reason}.`
    : `No proposal, ${pair.proposal.reason}.`;
}

/** The pair in a sentence, for those who do not see it. */
export function told(pair: NamePair): string {
  const { name_a, name_b, judgement } = pair;
  const word = judgement ? `Judged: ${relationLabel(judgement.relation)}.` : proposalWords(pair);
  return `${name_a} and ${name_b}. ${word}`;
}

/** The pair with another judgement, as the service will tell it; null takes the judgement back. */
export function withJudgement(pair: NamePair, relation: Relation | null, by: string, at: string): NamePair {
  if (relation) return { ...pair, state: "judged", judgement: { relation, judged_by: by, judged_at: at } };
  return { ...pair, state: proposed(pair) ? "proposed" : "unjudged", judgement: null };
}

export interface JudgingProgress {
  readonly judged: number;
  readonly pairs: number;
  /** Maps that the judged pairs share, of those that all pairs share. */
  readonly sharedJudged: number;
  readonly shared: number;
}

export function progressOf(pairs: readonly NamePair[]): JudgingProgress {
  const judged = pairs.filter((pair) => pair.state === "judged");
  const sum = (of: readonly NamePair[]) => of.reduce((total, pair) => total + pair.shared, 0);
  return {
    judged: judged.length,
    pairs: pairs.length,
    sharedJudged: sum(judged),
    shared: sum(pairs),
  };
}
