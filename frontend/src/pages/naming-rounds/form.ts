import type { RoundTexts } from "../../api/namings";
import type { NamingRoundDetail, NewNamingRound, RunDetail } from "../../api/types";

/** What the form for a new naming round holds. */
export interface Draft {
  readonly run: string;
  readonly name: string;
  readonly annotators: ReadonlySet<string>;
  /** Positions of classes. */
  readonly classes: ReadonlySet<number>;
  readonly instructions: string;
  readonly notes: Readonly<Record<number, string>>;
}

export const emptyDraft: Draft = {
  run: "",
  name: "",
  annotators: new Set(),
  classes: new Set(),
  instructions: "",
  notes: {},
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

/** Notes of the chosen classes that say something. */
export function keptNotes(
  notes: Readonly<Record<number, string>>,
  classes: ReadonlySet<number>,
): Record<string, string> {
  const kept = Object.entries(notes).filter(
    ([position, note]) => note.trim() && classes.has(Number(position)),
  );
  return Object.fromEntries(kept.map(([position, note]) => [position, note.trim()]));
}

export function askedFor(draft: Draft): NewNamingRound {
  return {
    run_id: draft.run,
    name: draft.name.trim(),
    annotators: [...draft.annotators],
    classes: [...draft.classes].sort((a, b) => a - b),
    instructions: draft.instructions.trim(),
    class_notes: keptNotes(draft.notes, draft.classes),
  };
}

/** The texts of a round as they stand, to be edited. */
export function textsOf(round: Pick<NamingRoundDetail, "name" | "instructions" | "class_notes">): RoundTexts {
  return { name: round.name, instructions: round.instructions, class_notes: { ...round.class_notes } };
}
