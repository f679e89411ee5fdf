import type { SplitBody, SplitKind } from "../../api/dataSets";

/** What the form for a new data set holds. */
export interface Draft {
  readonly name: string;
  readonly note: string;
  readonly archive: File | null;
  readonly labels: File | null;
  readonly kind: SplitKind;
  readonly column: string;
  readonly groupColumn: string;
  readonly testPercent: string;
  readonly seed: string;
}

export const emptyDraft: Draft = {
  name: "",
  note: "",
  archive: null,
  labels: null,
  kind: "automatic",
  column: "split",
  groupColumn: "group",
  testPercent: "20",
  seed: "0",
};

/** The draft after a change; a chosen archive gives the data set its name while it has none. */
export function changed(draft: Draft, change: Partial<Draft>): Draft {
  const next = { ...draft, ...change };
  if (change.archive && !draft.name.trim()) {
    return { ...next, name: change.archive.name.replace(/\.zip$/i, "").replaceAll(/[_-]+/g, " ") };
  }
  return next;
}

export interface DraftProblems {
  readonly name?: string;
  readonly archive?: string;
  readonly testPercent?: string;
  readonly seed?: string;
  readonly column?: string;
}

/** What keeps the draft from being sent, by field. */
export function problems(draft: Draft): DraftProblems {
  const share = Number(draft.testPercent);
  const seed = Number(draft.seed);
  const drawn = draft.kind === "random" || draft.kind === "group";
  return {
    ...(draft.name.trim() ? {} : { name: "Give the data set a name." }),
    ...(draft.archive ? {} : { archive: "Choose a zip file." }),
    ...(draft.archive && !/\.zip$/i.test(draft.archive.name) ? { archive: "This is no zip file." } : {}),
    ...(drawn && !(share >= 1 && share <= 99) ? { testPercent: "A share from 1 to 99 per cent." } : {}),
    ...(drawn && !(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)
      ? { seed: "A whole number from 0." }
      : {}),
    ...(draft.kind === "column" && !draft.column.trim() ? { column: "Name the column." } : {}),
    ...(draft.kind === "group" && !draft.groupColumn.trim() ? { column: "Name the column." } : {}),
  };
}

export function splitOf(draft: Draft): SplitBody {
  return {
    kind: draft.kind,
    column: draft.column.trim() || "split",
    group_column: draft.groupColumn.trim() || "group",
    test_share: Number(draft.testPercent) / 100,
    seed: Number(draft.seed),
  };
}

/** The ways to divide, in plain words. */
export const SPLITS: readonly { kind: SplitKind; label: string; says: string }[] = [
  {
    kind: "automatic",
    label: "As the archive says",
    says: "A column “split” if there is one, else groups from a column “group”, else folders named train and test, else at random.",
  },
  {
    kind: "group",
    label: "By group",
    says: "All images of one object or one patient stay on the same side. Choose this whenever one thing was photographed more than once: otherwise the test images are half known from training, and every figure looks better than it is.",
  },
  {
    kind: "folders",
    label: "By folders",
    says: "The archive has a folder train and a folder test, each with one folder per label.",
  },
  {
    kind: "column",
    label: "By a column",
    says: "A column of the table in the archive says train or test for each image.",
  },
  {
    kind: "random",
    label: "At random",
    says: "Each label is divided by lot. Only right when no two images show the same thing.",
  },
];
