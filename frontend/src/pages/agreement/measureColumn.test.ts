import { expect, test } from "vitest";
import type { PairFigures } from "../../api/agreement";
import { type CellValue, fileColumns, sorted } from "../../components/table/column";
import { aMatching, aPair, aShare } from "../../testing/agreement";
import { measureColumn } from "./measureColumn";

// E6 of the worked cases: D = 1 takes the nine, the star also the three beside it.
const WEIGHTS = [
  [2, 0],
  [9, 3],
];
const permutation = {
  n: 50,
  mean: 0.5,
  sd: 0.1,
  q95: 0.6,
  p: 0.02,
  p_holm: 0.04,
  corrected: 2 / 7,
  reason: null,
};
const one = aMatching("d1", WEIGHTS, [[[1], [0]]], {
  permutation,
  linguistic: { exact: aShare(4, 6), subset: aShare(6, 6), unjudged_weight: 3 },
});
const bounded = aMatching("d3", WEIGHTS, [[[1], [0, 1]]], { exact: false, upper: 13 });
const pair = aPair("p", "q", WEIGHTS, [one, bounded]);

/** What a file holds of a pair, by the heads of its columns. */
function written(column: ReturnType<typeof measureColumn>, row: PairFigures): Record<string, CellValue> {
  return Object.fromEntries(fileColumns([column]).map(({ title, value }) => [title, value(row)]));
}

test("a bound is no value: the file has its two ends, and says why the value is not there", () => {
  expect(written(measureColumn("agreement", "d3", "D = 3"), pair)).toEqual({
    "D = 3": null,
    "D = 3, why undefined": "only bounded",
    "D = 3, k": 12,
    "D = 3, n": 14,
    "D = 3, at least": 12 / 14,
    "D = 3, at most": 13 / 14,
  });
});

test("bounds stand in order among the values, by their lower end", () => {
  const more = aPair("p", "r", WEIGHTS, [aMatching("d3", WEIGHTS, [[[1], [0]]])]);
  const column = measureColumn("agreement", "d3", "D = 3");

  expect(sorted([more, pair], [column], { key: column.key, down: true })).toEqual([pair, more]);
});

test("an agreement is written with k, n and all of its baseline", () => {
  expect(written(measureColumn("agreement", "d1", "D = 1"), pair)).toEqual({
    "D = 1": 9 / 14,
    "D = 1, why undefined": null,
    "D = 1, k": 9,
    "D = 1, n": 14,
    "D = 1, at least": 9 / 14,
    "D = 1, at most": 9 / 14,
    "D = 1, chance": 0.5,
    "D = 1, chance, sd": 0.1,
    "D = 1, chance, q95": 0.6,
    "D = 1, chance, p": 0.02,
    "D = 1, chance, p (Holm)": 0.04,
    "D = 1, chance, corrected": 2 / 7,
    "D = 1, chance, permutations": 50,
  });
});

test("Jaccard, names and indices are written with what they are of", () => {
  expect(written(measureColumn("jaccard", "d1", "Jaccard"), pair)).toMatchObject({
    "Jaccard, k": 14,
    "Jaccard, n": 16,
  });
  expect(written(measureColumn("exact", "d1", "Same"), pair)).toMatchObject({
    Same: 4 / 6,
    "Same, k": 4,
    "Same, n": 6,
    "Same, unjudged": 3,
  });
  expect(written(measureColumn("adjusted_rand", "d1", "ARI"), pair)).toMatchObject({
    ARI: 0.3,
    "ARI, n": 14,
  });
});

test("a reading that was not computed says so", () => {
  expect(written(measureColumn("agreement", "d4", "D = 4"), pair)).toMatchObject({
    "D = 4": null,
    "D = 4, why undefined": "not computed",
  });
});
