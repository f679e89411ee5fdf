import type { Overview, OverviewClass, PairFigures, Pairs } from "../../api/agreement";
import { agreementOf, leastAgreeingFirst } from "./round";

/** What the overview says at first sight. */
export type Headline =
  | { readonly kind: "nothing_yet" }
  /** No board fits what is chosen. */
  | { readonly kind: "no_board" }
  /** No two annotators have boards of the same class that count. */
  | { readonly kind: "one_annotator" }
  /** No two annotators named the same map. */
  | { readonly kind: "nothing_shared" }
  | { readonly kind: "full"; readonly classes: number }
  | {
      readonly kind: "least";
      readonly least: OverviewClass;
      readonly agreement: number;
      readonly classes: number;
    };

/** The class that annotators agree on least, concepts matched one to one, of those where it is defined. */
export function headline({ classes }: Pick<Overview, "classes">): Headline {
  if (classes.length === 0) return { kind: "no_board" };
  const computed = classes.filter((each) => each.figures);
  if (computed.length === 0) return { kind: "nothing_yet" };
  const least = leastAgreeingFirst(computed)[0] as OverviewClass;
  const agreement = agreementOf(least);
  if (agreement === null) {
    const pairs = computed.some((each) => each.n_both.length > 0);
    return { kind: pairs ? "nothing_shared" : "one_annotator" };
  }
  const defined = computed.filter((each) => agreementOf(each) !== null).length;
  return agreement >= 1
    ? { kind: "full", classes: defined }
    : { kind: "least", least, agreement, classes: defined };
}

/** Two names that stand for the same maps without being matched one to one. */
export interface Dispute {
  readonly names: readonly [string, string];
  /** Maps that lie in both, over all pairs of annotators; a map counts once for each pair. */
  readonly weight: number;
  readonly pairs: number;
  /** Where most of them are: what the pair page opens with. */
  readonly largest: Edge;
}

/** An edge between concepts of two annotators. */
export interface Edge {
  readonly a: string;
  readonly b: string;
  readonly left: string;
  readonly right: string;
  readonly weight: number;
}

const UNNAMED = "a concept without a name";

/** Maps that two annotators named and that lie outside their one-to-one matching, over all pairs of annotators. */
export function unmatched(pairs: readonly PairFigures[]): number {
  return pairs.flatMap(unmatchedEdges).reduce((sum, { weight }) => sum + weight, 0);
}

/**
 * Over what annotators of a class disagree: names of concepts that share maps outside the one-to-one matching, most
 * maps first. Concepts with the same name are no dispute about names and are left out.
 */
export function disputes({ annotators, pairs }: Pick<Pairs, "annotators" | "pairs">): Dispute[] {
  const names = new Map(
    annotators.flatMap(({ annotator, concepts }) =>
      concepts.map((each) => [`${annotator} ${each.concept_id}`, each.concept] as const),
    ),
  );
  const found = new Map<string, Dispute>();
  for (const pair of pairs) {
    const met = new Set<string>();
    for (const edge of unmatchedEdges(pair)) {
      const shown = [names.get(`${pair.a} ${edge.left}`), names.get(`${pair.b} ${edge.right}`)]
        .map((name) => name ?? UNNAMED)
        .sort((x, y) => normalised(x).localeCompare(normalised(y), "en")) as [string, string];
      if (normalised(shown[0]) === normalised(shown[1])) continue;
      const key = shown.map(normalised).join("\n");
      const known = found.get(key);
      found.set(key, {
        names: known?.names ?? shown,
        weight: (known?.weight ?? 0) + edge.weight,
        pairs: (known?.pairs ?? 0) + (met.has(key) ? 0 : 1),
        largest: known && known.largest.weight >= edge.weight ? known.largest : edge,
      });
      met.add(key);
    }
  }
  return [...found.values()].sort(
    (x, y) => y.weight - x.weight || x.names.join().localeCompare(y.names.join(), "en"),
  );
}

function unmatchedEdges(pair: PairFigures): Edge[] {
  const matching = pair.matchings.find(({ key }) => key === "d1");
  const inside = new Set(
    matching?.families.flatMap((family) =>
      family.a.flatMap((left) => family.b.map((right) => `${left} ${right}`)),
    ),
  );
  const { a: rows, b: columns, weights } = pair.intersection;
  return rows.flatMap((left, row) =>
    columns.flatMap((right, column) => {
      const weight = weights[row]?.[column] ?? 0;
      if (weight === 0 || inside.has(`${left} ${right}`)) return [];
      return [{ a: pair.a, b: pair.b, left, right, weight }];
    }),
  );
}

/** Names are the same whatever their case and white space. */
function normalised(name: string): string {
  return name.normalize("NFC").toLowerCase().split(/\s+/).join(" ").trim();
}
