import type { OverviewClass, Permutation } from "../../api/agreement";
import { count, fixed, pText } from "../../components/format";
import { matchingOf } from "./round";
import { PAPER_READINGS } from "./words";

type Found = Permutation | null | undefined;

/** "200 permutations", "50 or 200 permutations" where classes have different numbers; "" where nothing is computed. */
export function permutationsWords(found: readonly Found[]): string {
  const numbers = [...new Set(found.flatMap((each) => (each ? [each.n] : [])))].sort((a, b) => a - b);
  return numbers.length === 0 ? "" : `${numbers.map(count).join(" or ")} permutations`;
}

/** The baselines of the readings that have one, over all classes. */
export function ofMatchings(classes: readonly OverviewClass[]): Found[] {
  return classes.flatMap((each) => PAPER_READINGS.map((key) => matchingOf(each, key)?.permutation));
}

/** The baselines of a purity, over all classes and annotators. */
export function ofPurity(classes: readonly OverviewClass[], kind: "cx" | "xc"): Found[] {
  return classes.flatMap(({ figures }) =>
    (figures?.annotators ?? []).map((each) =>
      kind === "cx" ? each.cx_purity_permutation : each.xc_purity_permutation,
    ),
  );
}

/** "chance 0.45, p 0.030 (Holm)": p is that of several pairs where it was corrected for their number. */
export function chanceWords(found: Found): string {
  if (!found) return "";
  if (found.mean === null) return found.reason ? `chance: ${found.reason}` : "";
  const p = found.p_holm ?? found.p;
  return `chance ${fixed(found.mean)}${p === null ? "" : `, p ${pText(p)}${found.p_holm === null ? "" : " (Holm)"}`}`;
}
