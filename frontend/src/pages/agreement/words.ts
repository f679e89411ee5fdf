import { NO_NAME } from "../../charts/matchingLayout";
import type { Measure, Reading } from "./search";

export { NO_NAME };

/** Readings of the paper's tables; they alone have a level of chance. */
export const PAPER_READINGS = ["d1", "d2_star", "d2_biclique"] as const satisfies readonly Reading[];

/** Readings of a matching as the pages call them. */
export const READING_NAMES: Readonly<Record<Reading, string>> = {
  d1: "D = 1",
  d2_star: "D = 2, star",
  d2_biclique: "D = 2, biclique",
  d3: "D = 3",
  d4: "D = 4",
};

/** What each reading allows, in a sentence. */
export const READING_SAYS: Readonly<Record<Reading, string>> = {
  d1: "One concept is matched to one.",
  d2_star: "One concept may be matched to several finer ones of the other annotator.",
  d2_biclique: "Several concepts may be matched to several if each shares maps with each.",
  d3: "Concepts up to three steps apart may be matched.",
  d4: "Concepts up to four steps apart may be matched.",
};

export const MEASURE_NAMES: Readonly<Record<Measure, string>> = {
  agreement: "Agreement",
  jaccard: "Jaccard",
  adjusted_mutual_information: "Adjusted mutual information",
  adjusted_rand: "Adjusted Rand",
  v_measure: "V-measure",
  exact: "Names with the same meaning",
  subset: "Names with the same or a narrower meaning",
};

/** A name a person gave, or that there is none. */
export function nameOf(name: string | null): string {
  return name ?? NO_NAME;
}
