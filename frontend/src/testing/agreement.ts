import type {
  ClassFigures,
  MatchingRange,
  OverviewClass,
  PairFigures,
  PairRange,
  Pairs,
  ReadMatching,
  Share,
} from "../api/agreement";

export function aShare(k: number, n: number): Share {
  return { k, n, value: n > 0 ? k / n : null, reason: n > 0 ? null : "nothing named" };
}

export function aRange(mean: number | null, change: Partial<PairRange> = {}): PairRange {
  const n = mean === null ? 0 : 3;
  return {
    n,
    n_undefined: 3 - n,
    min: mean,
    mean,
    max: mean,
    sd: 0,
    reason: mean === null ? "no pair" : null,
    ...change,
  };
}

export function aMatchingRange(key: string, mean: number | null): MatchingRange {
  return {
    key,
    agreement: aRange(mean),
    n_bounds: 0,
    exact: aRange(null),
    subset: aRange(null),
    permutation: null,
  };
}

/** A class of ten maps with three annotators; `d1`: its mean agreement one to one. */
export function aClass(name: string, d1: number | null, change: Partial<ClassFigures> = {}): OverviewClass {
  const average = { macro: { value: 1, n: 3, n_undefined: 0 }, pooled: aShare(10, 10) };
  const coverage = { activation: aShare(8, 10), partial: aShare(5, 5), complete: aShare(4, 5) };
  return {
    position: name.charCodeAt(0),
    name,
    state: "fresh",
    computed_at: "2026-11-21T10:00:00Z",
    boards: { boards: 3, complete: 3, not_blind: [], discarded: [0, 1, 2].map((k) => aShare(k, 10)) },
    n_both: [6, 7, 8],
    n_unexplained: 1,
    n_lost: 0,
    matched: [{ key: "d1", judged: 4, unjudged: 2 }],
    figures: {
      n_images: 5,
      n_activations: 10,
      n_x_features: 2,
      activations_per_image: 2,
      annotators: ["annotator-01", "annotator-02", "annotator-03"].map((annotator) => ({
        annotator,
        n_concepts_before_cleaning: 3,
        n_concepts_removed: 1,
        n_activations_removed: 2,
        n_concepts: 2,
        n_named: 8,
        coverage,
        cx_purity: aShare(8, 8),
        xc_purity: aShare(6, 8),
        cx_purity_permutation: null,
        xc_purity_permutation: null,
      })),
      any_annotator: { ...coverage, activation: aShare(9, 10) },
      named_by_exactly: [1, 0, 2, 7].map((k, n_annotators) => ({ n_annotators, ratio: aShare(k, 10) })),
      named_alpha: {
        value: 0.4,
        reason: null,
        n_units: 10,
        n_annotators: 3,
        named: aShare(25, 30),
        equal_pairs: aShare(26, 30),
        interval: null,
      },
      pair_summary: {
        jaccard: aRange(0.7),
        adjusted_rand: aRange(0.5),
        adjusted_mutual_information: aRange(0.5),
        v_measure: aRange(0.5),
        matchings: [
          aMatchingRange("d1", d1),
          aMatchingRange("d2_star", d1),
          aMatchingRange("d2_biclique", d1),
        ],
      },
      cx_purity_average: average,
      xc_purity_average: average,
      ...change,
    },
  };
}

type Weights = readonly (readonly number[])[];

/** A matching of concepts a0, a1, … and b0, b1, …; `families` lists their numbers on both sides. */
export function aMatching(
  key: string,
  weights: Weights,
  families: readonly (readonly [readonly number[], readonly number[]])[],
  change: Partial<ReadMatching> = {},
): ReadMatching {
  const n = weights.flat().reduce((sum, weight) => sum + weight, 0);
  const found = families.map(([left, right]) => ({
    a: left.map((each) => `a${each}`),
    b: right.map((each) => `b${each}`),
    weight: left
      .flatMap((row) => right.map((column) => weights[row]?.[column] ?? 0))
      .reduce((x, y) => x + y, 0),
  }));
  const weight = found.reduce((sum, each) => sum + each.weight, 0);
  return {
    key,
    weight,
    upper: weight,
    exact: true,
    agreement: aShare(weight, n),
    families: found,
    unmatched_a: [],
    unmatched_b: [],
    linguistic: { exact: aShare(0, 0), subset: aShare(0, 0), unjudged_weight: weight },
    permutation: null,
    ...change,
  };
}

/** Two annotators whose concepts share so many maps, rows the first one's. */
export function aPair(a: string, b: string, weights: Weights, matchings: ReadMatching[]): PairFigures {
  const both = weights.flat().reduce((sum, weight) => sum + weight, 0);
  return {
    a,
    b,
    n_a: both,
    n_b: both,
    n_both: both,
    n_either: both + 2,
    jaccard: aShare(both, both + 2),
    intersection: {
      a: weights.map((_, row) => `a${row}`),
      b: (weights[0] ?? []).map((_, column) => `b${column}`),
      weights: weights.map((row) => [...row]),
    },
    matchings,
    adjusted_rand: { value: 0.3, reason: null },
    adjusted_mutual_information: { value: null, reason: "both namings are trivial" },
    v_measure: { value: 0.6, reason: null },
  };
}

/** The concepts of annotators by their names; `prefix` of their ids is `a` or `b`. */
export function someConcepts(
  annotator: string,
  prefix: string,
  concepts: readonly (readonly [string | null, number])[],
): Pairs["annotators"][number] {
  return {
    annotator,
    concepts: concepts.map(([concept, n_activations], index) => ({
      concept,
      concept_id: `${prefix}${index}`,
      n_activations,
      n_images: n_activations,
      majority_x_feature: "1",
      majority_n: n_activations,
      majority_tied: false,
    })),
  };
}
