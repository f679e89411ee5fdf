import { describe, expect, test } from "vitest";
import {
  basisOf,
  changed,
  overviewSearch,
  pairsSearch,
  sharedSearch,
  summarySearch,
  unsaid,
  vocabularySearch,
} from "./search";

describe("the link of a page", () => {
  test("keeps what is chosen and leaves out what is not", () => {
    const search = { annotators: ["annotator-01"], complete: true, min: 1, class: 0, classes: [0, 2] };

    expect(sharedSearch(search)).toEqual(search);
    expect(sharedSearch({ annotators: [], complete: "yes", min: 3, class: "x" })).toEqual({});
    expect(sharedSearch({ min: 21 })).toEqual({});
    expect(sharedSearch({ min: 0 })).toEqual({});
  });

  test("of another part keeps what all parts share, and nothing else", () => {
    const pairs = pairsSearch({
      class: 2,
      a: "p",
      b: "q",
      reading: "d3",
      measure: "jaccard",
      left: "x",
      right: "y",
    });

    expect(pairs).toEqual({
      class: 2,
      a: "p",
      b: "q",
      reading: "d3",
      measure: "jaccard",
      left: "x",
      right: "y",
    });
    expect(sharedSearch({ ...pairs })).toEqual({ class: 2 });
    expect(pairsSearch({ reading: "d9", measure: "luck" })).toEqual({});
  });

  test("knows classes, names and groups", () => {
    expect(overviewSearch({ classes: [0, 2, "x"], coverage: "partial", purity: "xc", sort: "-d1" })).toEqual({
      classes: [0, 2],
      coverage: "partial",
      purity: "xc",
      sort: "-d1",
    });
    expect(summarySearch({ by: "annotator-02", names: [] })).toEqual({ by: "annotator-02", names: [] });
    expect(summarySearch({ names: ["a|b", 7] })).toEqual({ names: ["a|b", "7"] });
    expect(vocabularySearch({ group: "g", sort: "maps" })).toEqual({ group: "g", sort: "maps" });
  });

  test("says whose boards count; the order of annotators is no matter", () => {
    expect(basisOf({})).toEqual({ annotators: [], completeOnly: false, minImages: 3 });
    expect(basisOf({ annotators: ["b", "a"], complete: true, min: 1 })).toEqual({
      annotators: ["a", "b"],
      completeOnly: true,
      minImages: 1,
    });
  });

  test("is told what the page shows unasked, and nothing that it says already", () => {
    expect(unsaid({ a: "p", min: 2 }, { a: "x", b: "y", class: 0 })).toEqual({ b: "y", class: 0 });
    expect(unsaid({}, { a: undefined })).toEqual({});
  });

  test("forgets what a change took back", () => {
    expect(changed({ a: "p", min: 2, project: "x" }, { a: null, b: "q" })).toEqual({
      min: 2,
      b: "q",
      project: "x",
    });
  });
});
