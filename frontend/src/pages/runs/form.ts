import type { NewRun } from "../../api/types";

/** What the form for a new run holds. */
export interface Draft {
  readonly classifier: string;
  readonly name: string;
  readonly xFeatures: string;
  readonly sharePercent: string;
  readonly stop: string;
  readonly variant: NonNullable<NewRun["variant"]>;
  readonly seed: string;
}

export const emptyDraft: Draft = {
  classifier: "",
  name: "",
  xFeatures: "5",
  sharePercent: "90",
  stop: "",
  variant: "automatic",
  seed: "0",
};

export type Problems = { readonly [K in keyof Draft]?: string };

/** What keeps the draft from being sent, by field. */
export function problems(draft: Draft): Problems {
  const features = Number(draft.xFeatures);
  const share = Number(draft.sharePercent);
  const seed = Number(draft.seed);
  return {
    ...(draft.classifier ? {} : { classifier: "Choose a classifier." }),
    ...(Number.isInteger(features) && features >= 1 && features <= 20
      ? {}
      : { xFeatures: "A whole number from 1 to 20." }),
    ...(share > 0 && share <= 100 ? {} : { sharePercent: "More than 0 and at most 100 per cent." }),
    ...(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32 ? {} : { seed: "A whole number from 0." }),
  };
}

export function askedFor(draft: Draft, project: string): NewRun {
  return {
    project_id: project,
    classifier_id: draft.classifier,
    name: draft.name.trim() || null,
    x_features: Number(draft.xFeatures),
    share: Number(draft.sharePercent) / 100,
    stop: draft.stop || null,
    variant: draft.variant,
    seed: Number(draft.seed),
  };
}
