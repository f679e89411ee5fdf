import { expect, test } from "vitest";
import type { Overview } from "../../api/agreement";
import { aClass } from "../../testing/agreement";
import { originOf } from "./origin";

const choices = {
  round_name: "First round",
  run_name: "Tiles",
  annotators: ["annotator-01", "annotator-02"],
} as Overview["choices"];
const at = (computed_at: string | null) => ({ ...aClass("a", 0.5), computed_at });

test("a file says whose boards count, and of when its oldest figure is", () => {
  const classes = [at("2026-11-21T12:00:00Z"), at("2026-11-21T11:00:00Z"), at(null)];

  expect(originOf({ choices, classes }, { annotators: [], completeOnly: false, minImages: 3 }).facts).toEqual(
    [
      ["Naming round", "First round"],
      ["Run", "Tiles"],
      ["Annotators", "all 2"],
      ["Boards", "all"],
      ["Concepts of at least", "3 images"],
      ["Figures of", "2026-11-21T11:00:00Z"],
    ],
  );
  expect(
    originOf({ choices, classes: [] }, { annotators: ["annotator-02"], completeOnly: true, minImages: 1 })
      .facts,
  ).toEqual([
    ["Naming round", "First round"],
    ["Run", "Tiles"],
    ["Annotators", "annotator-02"],
    ["Boards", "finished ones only"],
    ["Concepts of at least", "1 image"],
  ]);
});
