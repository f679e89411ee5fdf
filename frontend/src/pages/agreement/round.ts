import { createContext, use } from "react";
import type { Basis, Overview, OverviewClass } from "../../api/agreement";

/** What every page of a round has at hand. */
export interface RoundHere {
  readonly round: string;
  readonly basis: Basis;
  readonly overview: Overview;
}

export const RoundContext = createContext<RoundHere | null>(null);

export function useRound(): RoundHere {
  const here = use(RoundContext);
  if (!here) throw new Error("There is no naming round around this part of the page.");
  return here;
}

/** "07" of "annotator-07": where there is little room. */
export function shortName(annotator: string): string {
  return annotator.replace(/^annotator-/, "");
}

/** Classes on which annotators agree least first; where that is not defined last, then by name. */
export function leastAgreeingFirst(classes: readonly OverviewClass[]): OverviewClass[] {
  return [...classes].sort((left, right) => {
    const first = agreementOf(left);
    const second = agreementOf(right);
    if (first === null || second === null) {
      return Number(first === null) - Number(second === null) || left.name.localeCompare(right.name, "en");
    }
    return first - second || left.name.localeCompare(right.name, "en");
  });
}

/** Mean agreement of the pairs of a class, concepts matched one to one. */
export function agreementOf(each: OverviewClass): number | null {
  return matchingOf(each, "d1")?.agreement.mean ?? null;
}

/** A reading of the matchings of a class, over its pairs. */
export function matchingOf(each: OverviewClass, key: string) {
  return each.figures?.pair_summary.matchings.find((matching) => matching.key === key) ?? null;
}

/** The class of the link, null where no board of it counts; without one that which annotators agree on least. */
export function classOf(
  classes: readonly OverviewClass[],
  position: number | undefined,
): OverviewClass | null {
  if (position === undefined) return leastAgreeingFirst(classes)[0] ?? null;
  return classes.find((each) => each.position === position) ?? null;
}

/** Annotators who have a board in one of the classes, in order: the same on every chart of a page. */
export function annotatorsOf(classes: readonly OverviewClass[]): string[] {
  const names = classes.flatMap((each) => each.figures?.annotators.map(({ annotator }) => annotator) ?? []);
  return [...new Set(names)].sort();
}
