import { describe, expect, test } from "vitest";
import type { VariantFigures } from "../../api/types";
import { aPointingRow } from "../../testing/things";
import { allColumns, partColumns } from "./columns";
import { askedFor, emptyDraft, problems } from "./form";
import { pointingLines } from "./pointing";
import { runState } from "./RunsPage";

const variant = (name: "plain" | "contrastive", values: Record<string, number>): VariantFigures => ({
  variant: name,
  cosine: { value: 0.7, n: 3, reason: null },
  empty: 0,
  pointing: Object.entries(values).flatMap(([label, value]) => {
    const level = label === "macro" || label === "pooled" ? label : "fine_label";
    const fine_label = level === "fine_label" ? label : null;
    return ["exact", "one_cell"].map((tolerance) => aPointingRow({ level, fine_label, tolerance, value }));
  }),
});

describe("the pointing game", () => {
  const both = [
    variant("plain", { crack: 0.4, fray: 0.9, macro: 0.65, pooled: 0.7 }),
    variant("contrastive", { crack: 0.5, fray: 0.6, macro: 0.55, pooled: 0.58 }),
  ];

  test("puts both variants of a fine label beside each other, the best first, figures over all last", () => {
    const lines = pointingLines(both, "exact");

    expect(lines.map((line) => [line.name, line.plain.value, line.contrastive.value])).toEqual([
      ["fray", 0.9, 0.6],
      ["crack", 0.4, 0.5],
      ["mean of the fine labels", 0.65, 0.55],
      ["all maps alike", 0.7, 0.58],
    ]);
  });

  test("is empty for a tolerance without figures, and where a variant is missing", () => {
    expect(pointingLines(both, "half_cell")).toEqual([]);
    expect(pointingLines(both.slice(0, 1), "exact")).toEqual([]);
  });
});

test("the download of the table holds each column of its parts once", () => {
  const keys = allColumns.map((column) => column.key);
  const shown = (["overview", "errors", "features", "maps"] as const).flatMap((part) =>
    partColumns(part).map((column) => column.key),
  );

  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(keys)).toEqual(new Set(shown));
});

test("a run that waits for the researcher does not say that it is ready", () => {
  expect(runState({ state: "finished", needs_choice: true }).word).toBe("Needs your choice");
  expect(runState({ state: "finished", needs_choice: false }).word).toBe("Ready");
  expect(runState({ state: "failed", needs_choice: false }).word).toBe("Failed");
});

test("a run is asked for with shares instead of per cent, and defaults where nothing was chosen", () => {
  const draft = { ...emptyDraft, classifier: "c" };

  expect(problems(draft)).toEqual({});
  expect(askedFor(draft, "p")).toEqual({
    project_id: "p",
    classifier_id: "c",
    name: null,
    x_features: 5,
    share: 0.9,
    stop: null,
    variant: "automatic",
    seed: 0,
  });
  expect(Object.keys(problems({ ...draft, xFeatures: "21", sharePercent: "0", seed: "x" }))).toEqual([
    "xFeatures",
    "sharePercent",
    "seed",
  ]);
});
