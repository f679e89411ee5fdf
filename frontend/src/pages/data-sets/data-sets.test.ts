import { describe, expect, test } from "vitest";
import type { Count } from "../../api/types";
import { choices, countRows, sumOf } from "./counts";
import { changed, type Draft, emptyDraft, problems, splitOf } from "./form";
import { reportSentence } from "./Report";

const archive = new File(["x"], "magnetic_tile-defects.zip");
const ready: Draft = { ...emptyDraft, name: "Tiles", archive };

describe("the form for a data set", () => {
  test("takes its name from the archive, unless one was typed", () => {
    expect(changed(emptyDraft, { archive }).name).toBe("magnetic tile defects");
    expect(changed({ ...emptyDraft, name: "Mine" }, { archive }).name).toBe("Mine");
  });

  test("says by field what is missing", () => {
    expect(Object.keys(problems(emptyDraft))).toEqual(["name", "archive"]);
    expect(problems({ ...ready, archive: new File([], "tiles.tar") })).toEqual({
      archive: "This is no zip file.",
    });
    expect(problems(ready)).toEqual({});
  });

  test("asks for a share only where one is drawn", () => {
    expect(problems({ ...ready, testPercent: "0" })).toEqual({});
    expect(problems({ ...ready, kind: "group", testPercent: "0" })).toHaveProperty("testPercent");
    expect(problems({ ...ready, kind: "random", testPercent: "twenty" })).toHaveProperty("testPercent");
    expect(problems({ ...ready, kind: "random", seed: "-1" })).toHaveProperty("seed");
    expect(problems({ ...ready, kind: "column", column: " " })).toHaveProperty("column");
  });

  test("sends the split as the service reads it", () => {
    expect(splitOf({ ...ready, kind: "group", groupColumn: "tile", testPercent: "25", seed: "7" })).toEqual({
      kind: "group",
      column: "split",
      group_column: "tile",
      test_share: 0.25,
      seed: 7,
    });
  });
});

describe("counts", () => {
  const counts: Count[] = [
    { label: "bad", fine_label: "crack", split: "train", images: 3 },
    { label: "bad", fine_label: "crack", split: "test", images: 1 },
    { label: "bad", fine_label: "fray", split: "test", images: 2 },
    { label: "good", fine_label: null, split: "train", images: 9 },
  ];

  test("stand in one row per label and fine label", () => {
    expect(countRows(counts).map(({ label, fine, train, test }) => [label, fine, train, test])).toEqual([
      ["bad", "crack", 3, 1],
      ["bad", "fray", 0, 2],
      ["good", null, 9, 0],
    ]);
  });

  test("add up, and give the labels to choose from", () => {
    expect([sumOf(counts), sumOf(counts, "test")]).toEqual([15, 3]);
    expect(choices(counts)).toEqual({ labels: ["bad", "good"], fines: ["crack", "fray"] });
  });
});

test("the report says in one sentence what was skipped", () => {
  expect(reportSentence({})).toBe("Every file was imported.");
  expect(reportSentence({ unreadable: 1, duplicate: 2 })).toBe(
    "1 file could not be read and was skipped, 2 files came twice and are kept once.",
  );
});
