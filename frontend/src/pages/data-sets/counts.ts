import type { Count } from "../../api/types";

/** How many images share a label and a fine label, by side of the split. */
export interface CountRow {
  readonly key: string;
  readonly label: string;
  readonly fine: string | null;
  readonly train: number;
  readonly test: number;
}

/** One row per label and fine label, in the order in which they come. */
export function countRows(counts: readonly Count[]): CountRow[] {
  const rows = new Map<string, CountRow>();
  for (const { label, fine_label, split, images } of counts) {
    const key = JSON.stringify([label, fine_label]);
    const row = rows.get(key) ?? { key, label, fine: fine_label, train: 0, test: 0 };
    rows.set(key, { ...row, [split]: row[split] + images });
  }
  return [...rows.values()];
}

export function sumOf(counts: readonly Count[], split?: "train" | "test"): number {
  return counts.reduce((sum, each) => sum + (split && each.split !== split ? 0 : each.images), 0);
}

/** Labels and, for one label or all, fine labels to filter by. */
export function choices(counts: readonly Count[]): { labels: string[]; fines: string[] } {
  const labels = [...new Set(counts.map((each) => each.label))].sort();
  const fines = [...new Set(counts.flatMap((each) => (each.fine_label ? [each.fine_label] : [])))].sort();
  return { labels, fines };
}
