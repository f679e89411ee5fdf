import type { RoundTexts } from "../../api/namings";
import type { NewNamingRound, RunDetail } from "../../api/types";

/** Texts by what they are about: the position of a class, or an account. */
export type Texts = Readonly<Record<string, string>>;

/** What the form for a new naming round holds. */
export interface Draft {
  readonly run: string;
  readonly name: string;
  readonly annotators: ReadonlySet<string>;
  /** Positions of classes. */
  readonly classes: ReadonlySet<number>;
  readonly instructions: string;
  /** By the position of a class. */
  readonly notes: Texts;
  /** What one annotator alone reads, by account. */
  readonly own: Texts;
}

export const emptyDraft: Draft = {
  run: "",
  name: "",
  annotators: new Set(),
  classes: new Set(),
  instructions: "",
  notes: {},
  own: {},
};

export interface Problems {
  readonly name?: string;
  readonly annotators?: string;
  readonly classes?: string;
}

/** What keeps the draft from being sent, by field. */
export function problems(draft: Draft): Problems {
  return {
    ...(draft.name.trim() ? {} : { name: "Give the round a name, such as “First round”." }),
    ...(draft.annotators.size > 0 ? {} : { annotators: "Choose at least one person." }),
    ...(draft.classes.size > 0 ? {} : { classes: "Choose at least one class." }),
  };
}

/** Classes of a run that have maps to name, by name. */
export function nameable(run: Pick<RunDetail, "classes">): RunDetail["classes"] {
  return run.classes
    .filter((row) => (row.maps_on_board ?? 0) > 0)
    .toSorted((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
}

/** The texts that say something about what was chosen. */
export function kept(texts: Texts, chosen: ReadonlySet<string | number>): Record<string, string> {
  const names = new Set(Array.from(chosen, String));
  const said = Object.entries(texts).filter(([key, text]) => text.trim() && names.has(key));
  return Object.fromEntries(said.map(([key, text]) => [key, text.trim()]));
}

export function askedFor(draft: Draft): NewNamingRound {
  return {
    run_id: draft.run,
    name: draft.name.trim(),
    annotators: [...draft.annotators],
    classes: [...draft.classes].sort((a, b) => a - b),
    instructions: draft.instructions.trim(),
    class_notes: kept(draft.notes, draft.classes),
    annotator_instructions: kept(draft.own, draft.annotators),
  };
}

/** The texts of a round as they stand, to be edited. */
export function textsOf(round: RoundTexts): RoundTexts {
  return {
    name: round.name,
    instructions: round.instructions,
    class_notes: { ...round.class_notes },
    annotator_instructions: { ...round.annotator_instructions },
  };
}
