import type { DisputedMap } from "../../api/agreement";

/** A name, and who gave it to a map. */
export interface SaidTogether {
  readonly name: string | null;
  readonly annotators: readonly string[];
}

/** What annotators said of a map, those together who said the same; what most said first. */
export function saidTogether(said: DisputedMap["said"]): SaidTogether[] {
  const found = new Map<string | null, string[]>();
  for (const { concept, annotator } of said) {
    found.set(concept, [...(found.get(concept) ?? []), annotator]);
  }
  return [...found]
    .map(([name, annotators]) => ({ name, annotators }))
    .sort((left, right) => right.annotators.length - left.annotators.length);
}
