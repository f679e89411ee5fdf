import type { Combination, TestSetSummary } from "../../api/agreement";

/** A row of the summary: images with the same set of names. */
export interface CombinationRow extends Combination {
  readonly key: string;
  readonly n: number;
  /** Images whose label is not known. */
  readonly unknown: number;
  /** Of the images with a known label, those predicted right; null if there are none. */
  readonly shareRight: number | null;
}

/** The rows of an annotator, or with null of the consensus; the most frequent first, as they come. */
export function combinationRows(summary: TestSetSummary, annotator: string | null): CombinationRow[] {
  const rows = summary.explanations.find((each) => each.annotator === annotator)?.rows ?? [];
  return rows.map((row) => {
    const known = row.n_right + row.n_wrong;
    return {
      ...row,
      key: keyOf(row.concepts),
      n: summary.n_images,
      unknown: row.n_images - known,
      shareRight: known > 0 ? row.n_right / known : null,
    };
  });
}

/** Equal for equal sets of names. */
export function keyOf(names: readonly string[]): string {
  return JSON.stringify([...names].sort());
}

/** Images whose explanation is all "other": no map of theirs has a name. */
export function allOther(rows: readonly CombinationRow[]): CombinationRow | null {
  return rows.find((row) => row.concepts.length === 0) ?? null;
}
