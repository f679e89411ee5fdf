import { expect, test } from "vitest";
import { saidTogether } from "./disputed";

const said = (annotator: string, concept: string | null) => ({ annotator, concept, concept_id: annotator });

test("those who said the same stand together, what most said first", () => {
  expect(saidTogether([said("a", "line"), said("b", "crack"), said("c", null), said("d", "crack")])).toEqual([
    { name: "crack", annotators: ["b", "d"] },
    { name: "line", annotators: ["a"] },
    { name: null, annotators: ["c"] },
  ]);
  expect(saidTogether([])).toEqual([]);
});
