import type { Overview, OverviewClass, PairFigures, Pairs } from "../../api/agreement";
import type { NamePair } from "../../api/types";
import { agreementOf, leastAgreeingFirst, matchingOf } from "./round";

/** What the overview says at first sight. */
export type Headline =
  | { readonly kind: "nothing_yet" }
  /** No board fits what is chosen. */
  | { readonly kind: "no_board" }
  /** No two annotators have boards of the same class that count. */
  | { readonly kind: "one_annotator" }
  /** No two annotators named the same map. */
  | { readonly kind: "nothing_shared" }
  /** Every class is grouped alike; `named`: the one whose names agree least, or are judged least. */
  | { readonly kind: "full"; readonly classes: number; readonly named: OverviewClass }
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
    ? { kind: "full", classes: defined, named: leastNamed(computed) }
    : { kind: "least", least, agreement, classes: defined };
}

function leastNamed(classes: readonly OverviewClass[]): OverviewClass {
  const same = (each: OverviewClass) => matchingOf(each, "d1")?.exact.mean ?? 1;
  const open = (each: OverviewClass) => each.matched.find(({ key }) => key === "d1")?.unjudged ?? 0;
  return [...classes].sort((x, y) => same(x) - same(y) || open(y) - open(x))[0] as OverviewClass;
}

/** Two different names of concepts of two annotators that share maps. */
export interface Difference {
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

type Measured = Pick<Pairs, "annotators" | "pairs">;

/** Over what annotators group differently: names of concepts that share maps outside the one-to-one matching. */
export function disputes(of: Measured): Difference[] {
  return differences(of, unmatchedEdges);
}

/** What annotators who group alike call differently: names of concepts matched one to one. */
export function renamings(of: Measured): Difference[] {
  return differences(of, matchedEdges);
}

/** Of the maps in concepts matched one to one, over all pairs: how many names are judged, and mean the same. */
export function namesOfMatched(pairs: readonly PairFigures[]): {
  same: number;
  judged: number;
  unjudged: number;
} {
  const found = pairs.flatMap((pair) => pair.matchings.find(({ key }) => key === "d1")?.linguistic ?? []);
  const sum = (of: (each: (typeof found)[number]) => number) =>
    found.reduce((total, each) => total + of(each), 0);
  return {
    same: sum(({ exact }) => exact.k),
    judged: sum(({ exact }) => exact.n),
    unjudged: sum(({ unjudged_weight }) => unjudged_weight),
  };
}

/** Without the pairs of names that somebody judged to mean the same. */
export function withoutSame(
  found: readonly Difference[],
  judged: readonly Pick<NamePair, "name_a" | "name_b" | "judgement">[],
): Difference[] {
  const same = new Set(
    judged
      .filter(({ judgement }) => judgement?.relation === "exact")
      .map(({ name_a, name_b }) => pairKey(name_a, name_b)),
  );
  return found.filter(({ names }) => !same.has(pairKey(...names)));
}

function pairKey(a: string, b: string): string {
  return [normalised(a), normalised(b)].sort().join("\n");
}

/** Most maps first. Concepts with the same name do not differ in it and are left out. */
function differences({ annotators, pairs }: Measured, edgesOf: (pair: PairFigures) => Edge[]): Difference[] {
  const names = new Map(
    annotators.flatMap(({ annotator, concepts }) =>
      concepts.map((each) => [`${annotator} ${each.concept_id}`, each.concept] as const),
    ),
  );
  const found = new Map<string, Difference>();
  for (const pair of pairs) {
    const met = new Set<string>();
    for (const edge of edgesOf(pair)) {
      const shown = [names.get(`${pair.a} ${edge.left}`), names.get(`${pair.b} ${edge.right}`)]
        .map((name) => name ?? UNNAMED)
        .sort((x, y) => normalised(x).localeCompare(normalised(y), "en")) as [string, string];
      if (normalised(shown[0]) === normalised(shown[1])) continue;
      const key = pairKey(...shown);
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
  const inside = insideFamilies(pair);
  return edges(pair).filter((edge) => !inside(edge));
}

function matchedEdges(pair: PairFigures): Edge[] {
  return edges(pair).filter(insideFamilies(pair));
}

function insideFamilies(pair: PairFigures): (edge: Edge) => boolean {
  const families = pair.matchings.find(({ key }) => key === "d1")?.families ?? [];
  const inside = new Set(
    families.flatMap((family) => family.a.flatMap((left) => family.b.map((right) => `${left} ${right}`))),
  );
  return ({ left, right }) => inside.has(`${left} ${right}`);
}

function edges(pair: PairFigures): Edge[] {
  const { a: rows, b: columns, weights } = pair.intersection;
  return rows.flatMap((left, row) =>
    columns.flatMap((right, column) => {
      const weight = weights[row]?.[column] ?? 0;
      return weight > 0 ? [{ a: pair.a, b: pair.b, left, right, weight }] : [];
    }),
  );
}

/** Names are the same whatever their case and white space. */
export function normalised(name: string): string {
  return name.normalize("NFC").toLowerCase().split(/\s+/).join(" ").trim();
}
