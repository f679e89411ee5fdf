/** What the form for a new classifier holds. */
export interface Draft {
  readonly name: string;
  readonly architecture: string;
  readonly dataSet: string;
  readonly weights: File | null;
  readonly classNames: string;
}

export const emptyDraft: Draft = { name: "", architecture: "", dataSet: "", weights: null, classNames: "" };

const WEIGHTS = /\.(safetensors|pt|pth|th|ckpt|bin)$/i;

/** The draft after a change; a chosen file gives the classifier its name while it has none. */
export function changed(draft: Draft, change: Partial<Draft>): Draft {
  const next = { ...draft, ...change };
  if (change.weights && !draft.name.trim()) {
    return { ...next, name: change.weights.name.replace(WEIGHTS, "").replaceAll(/[_-]+/g, " ") };
  }
  return next;
}

export type Problems = { readonly [K in keyof Draft]?: string };

/** What keeps the draft from being sent, by field. */
export function problems(draft: Draft): Problems {
  return {
    ...(draft.name.trim() ? {} : { name: "Give the classifier a name." }),
    ...(draft.architecture ? {} : { architecture: "Choose what kind of network this is." }),
    ...(draft.dataSet ? {} : { dataSet: "Choose the data set whose labels it knows." }),
    ...weightsProblem(draft.weights),
  };
}

function weightsProblem(weights: File | null): { weights?: string } {
  if (!weights) return { weights: "Choose the file with the weights." };
  if (!WEIGHTS.test(weights.name))
    return { weights: "Weights come as .safetensors, .pt, .pth, .th, .ckpt or .bin." };
  return {};
}

/** One name per line, as they were typed; empty lines say nothing. */
export function namesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
}
