import type { PairFigures, Pairs, ReadMatching } from "../../api/agreement";
import type { Matching, MatchingEdge } from "../../charts/matchingLayout";
import type { MatrixCell } from "../../charts/pairs";
import { count } from "../../components/format";
import type { Measure, Reading } from "./search";

const NOT_COMPUTED = "not computed";

export function readingOf(pair: PairFigures, reading: Reading): ReadMatching | null {
  return pair.matchings.find((each) => each.key === reading) ?? null;
}

/** A cell with the numbers behind it: k of n for a ratio, the maps that both named for another figure. */
export interface FigureCell extends MatrixCell {
  readonly k: number | null;
  readonly n: number | null;
  /** Of the maps in matched concepts, those whose names nobody judged; null where names are not asked for. */
  readonly unjudged: number | null;
}

/** A measure of a pair: its value, or the bound where only that is known, of how many, and why it is undefined. */
export function cellOf(pair: PairFigures, measure: Measure, reading: Reading): FigureCell {
  const at = { row: pair.a, column: pair.b, k: null, n: null, unjudged: null };
  const matching = readingOf(pair, reading);
  switch (measure) {
    case "agreement": {
      if (!matching) return { ...at, value: null, note: "", reason: NOT_COMPUTED };
      const { upper, exact } = matching;
      const { value, k, n, reason } = matching.agreement;
      const note = `${count(k)} of ${count(n)} maps`;
      if (exact || n === 0) return { ...at, k, n, value, note, reason };
      const bound = { lower: k / n, upper: upper / n };
      return { ...at, k, n, value: null, bound, note: `at least ${note}` };
    }
    case "jaccard": {
      const { value, k, n, reason } = pair.jaccard;
      return { ...at, k, n, value, note: `${count(k)} of ${count(n)} maps`, reason };
    }
    case "exact":
    case "subset": {
      if (!matching) return { ...at, value: null, note: "", reason: NOT_COMPUTED };
      const { value, k, n, reason } = matching.linguistic[measure];
      const unjudged = matching.linguistic.unjudged_weight;
      const note = `${count(k)} of ${count(n)} judged${unjudged > 0 ? `, ${count(unjudged)} unjudged` : ""}`;
      return { ...at, k, n, unjudged, value, note, reason };
    }
    default: {
      const { value, reason } = pair[measure];
      return { ...at, n: pair.n_both, value, note: `${count(pair.n_both)} maps`, reason };
    }
  }
}

/** The pair of the link, whichever of the two comes first; else the one that agrees least one to one. */
export function pairOf(pairs: readonly PairFigures[], a?: string, b?: string): PairFigures | null {
  const asked = pairs.find((pair) => (pair.a === a && pair.b === b) || (pair.a === b && pair.b === a));
  if (asked) return asked;
  const agreement = (pair: PairFigures) => readingOf(pair, "d1")?.agreement.value ?? Number.POSITIVE_INFINITY;
  return [...pairs].sort((left, right) => agreement(left) - agreement(right))[0] ?? null;
}

/** A pair of concepts with the maps in both, as tables and files hold it. */
export interface EdgeRow extends MatchingEdge {
  readonly leftName: string | null;
  readonly rightName: string | null;
  readonly leftSize: number;
  readonly rightSize: number;
}

/** Two namings and what they share, as it is drawn: families are numbered as the matching lists them. */
export function drawingOf(
  { annotators }: Pick<Pairs, "annotators">,
  pair: PairFigures,
  reading: Reading,
): Matching {
  const families = readingOf(pair, reading)?.families ?? [];
  const familyOf = (side: "a" | "b") =>
    new Map(families.flatMap((family, index) => family[side].map((id) => [id, index] as const)));
  const [ofLeft, ofRight] = [familyOf("a"), familyOf("b")];
  const side = (name: string, family: ReadonlyMap<string, number>) =>
    (annotators.find(({ annotator }) => annotator === name)?.concepts ?? []).map((each) => ({
      id: each.concept_id,
      name: each.concept,
      size: each.n_activations,
      family: family.get(each.concept_id) ?? null,
    }));
  const { a: rows, b: columns, weights } = pair.intersection;
  return {
    left: side(pair.a, ofLeft),
    right: side(pair.b, ofRight),
    edges: rows.flatMap((left, row) =>
      columns.flatMap((right, column) => {
        const weight = weights[row]?.[column] ?? 0;
        const family = ofLeft.get(left) ?? null;
        return weight > 0
          ? [{ left, right, weight, family: family === ofRight.get(right) ? family : null }]
          : [];
      }),
    ),
  };
}

/** The edges of a drawing with the names at their ends, most maps first. */
export function edgeRows({ left, right, edges }: Matching): EdgeRow[] {
  const lefts = new Map(left.map((each) => [each.id, each]));
  const rights = new Map(right.map((each) => [each.id, each]));
  return edges
    .map((edge) => ({
      ...edge,
      leftName: lefts.get(edge.left)?.name ?? null,
      rightName: rights.get(edge.right)?.name ?? null,
      leftSize: lefts.get(edge.left)?.size ?? 0,
      rightSize: rights.get(edge.right)?.size ?? 0,
    }))
    .sort((x, y) => y.weight - x.weight);
}

/** The edge of the link, null where it is not there any more; without one in the link that with most maps. */
export function edgeOf(rows: readonly EdgeRow[], left?: string, right?: string): EdgeRow | null {
  if (left === undefined && right === undefined) return rows[0] ?? null;
  return rows.find((row) => row.left === left && row.right === right) ?? null;
}
