import { describe, expect, test } from "vitest";
import { aMatching, aPair, aShare, someConcepts } from "../../testing/agreement";
import { cellOf, drawingOf, edgeOf, edgeRows, pairOf } from "./pairFigures";

// E6 of the worked cases: D = 1 takes the nine, the star also the three beside it.
const WEIGHTS = [
  [2, 0],
  [9, 3],
];
const one = aMatching("d1", WEIGHTS, [[[1], [0]]]);
const star = aMatching("d2_star", WEIGHTS, [[[1], [0, 1]]]);
const bounded = aMatching("d3", WEIGHTS, [[[1], [0, 1]]], { exact: false, upper: 14 });
const pair = aPair("p", "q", WEIGHTS, [one, star, bounded]);
const annotators = [
  someConcepts("p", "a", [
    ["crack", 2],
    [null, 12],
  ]),
  someConcepts("q", "b", [
    ["line", 11],
    ["pit", 4],
  ]),
];

describe("a cell of the matrix", () => {
  test("is agreement in the chosen reading, with its n", () => {
    expect(cellOf(pair, "agreement", "d1")).toMatchObject({ value: 9 / 14, note: "9 of 14 maps" });
    expect(cellOf(pair, "agreement", "d2_star")).toMatchObject({ value: 12 / 14, note: "12 of 14 maps" });
  });

  test("is a bound where the figure is one", () => {
    expect(cellOf(pair, "agreement", "d3")).toMatchObject({
      value: null,
      bound: { lower: 12 / 14, upper: 1 },
      note: "at least 12 of 14 maps",
    });
  });

  test("is undefined with its reason, never 0", () => {
    const nothing = aPair("p", "q", [[0]], [aMatching("d3", [[0]], [], { exact: false })]);

    expect(cellOf(nothing, "agreement", "d3")).toMatchObject({ value: null, reason: "nothing named" });
    expect(cellOf(nothing, "agreement", "d3").bound).toBeUndefined();
    expect(cellOf(pair, "adjusted_mutual_information", "d1")).toMatchObject({
      value: null,
      reason: "both namings are trivial",
    });
  });

  test("of names says what nobody judged", () => {
    const judged = { exact: aShare(4, 6), subset: aShare(6, 6), unjudged_weight: 3 };
    const named = aPair("p", "q", WEIGHTS, [{ ...one, linguistic: judged }]);

    expect(cellOf(named, "exact", "d1")).toMatchObject({ value: 4 / 6, note: "4 of 6 judged, 3 unjudged" });
    expect(cellOf(named, "subset", "d1")).toMatchObject({ value: 1 });
  });

  test("has the other measures too", () => {
    expect(cellOf(pair, "jaccard", "d1")).toMatchObject({ value: 14 / 16, note: "14 of 16 maps" });
    expect(cellOf(pair, "adjusted_rand", "d1")).toMatchObject({ value: 0.3, note: "14 maps" });
  });
});

describe("the pair that is looked at", () => {
  const full = [[4]];
  const agreeing = aPair("p", "r", full, [aMatching("d1", full, [[[0], [0]]])]);

  test("is that of the link, whichever comes first", () => {
    expect(pairOf([pair, agreeing], "r", "p")).toBe(agreeing);
  });

  test("is the one that agrees least without a link, or with one that leads nowhere", () => {
    expect(pairOf([agreeing, pair])).toBe(pair);
    expect(pairOf([agreeing, pair], "p", "gone")).toBe(pair);
    expect(pairOf([])).toBeNull();
  });
});

describe("the drawing of a matching", () => {
  test("has concepts with their families, and edges that are matched or not", () => {
    const found = drawingOf({ annotators }, pair, "d2_star");

    expect(found.left).toEqual([
      { id: "a0", name: "crack", size: 2, family: null },
      { id: "a1", name: null, size: 12, family: 0 },
    ]);
    expect(found.right.map(({ family }) => family)).toEqual([0, 0]);
    expect(found.edges).toEqual([
      { left: "a0", right: "b0", weight: 2, family: null },
      { left: "a1", right: "b0", weight: 9, family: 0 },
      { left: "a1", right: "b1", weight: 3, family: 0 },
    ]);
  });

  test("does not match an edge of a matched concept to one outside its family", () => {
    expect(drawingOf({ annotators }, pair, "d1").edges.map(({ family }) => family)).toEqual([null, 0, null]);
  });

  test("leaves an edge between two unmatched concepts unmatched", () => {
    const found = drawingOf({ annotators }, aPair("p", "q", WEIGHTS, [aMatching("d1", WEIGHTS, [])]), "d1");

    expect(found.edges.map(({ family }) => family)).toEqual([null, null, null]);
  });

  test("lists its edges, most maps first, and opens the first unless the link has one, there or gone", () => {
    const rows = edgeRows(drawingOf({ annotators }, pair, "d1"));

    expect(rows.map(({ leftName, rightName, weight }) => [leftName, rightName, weight])).toEqual([
      [null, "line", 9],
      [null, "pit", 3],
      ["crack", "line", 2],
    ]);
    expect(edgeOf(rows)?.weight).toBe(9);
    expect(edgeOf(rows, "a0", "b0")?.weight).toBe(2);
    expect(edgeOf(rows, "a0", "gone")).toBeNull();
    expect(edgeOf([])).toBeNull();
  });
});
