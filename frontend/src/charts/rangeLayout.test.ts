import { expect, test } from "vitest";
import { type RangeMark, rangeLayout, rangeWords } from "./rangeLayout";

const mark = (change: Partial<RangeMark>): RangeMark => ({
  key: "d1",
  name: "D = 1",
  mean: 0.5,
  low: 0.25,
  high: 0.75,
  chance: null,
  tone: "accent",
  note: "10 pairs",
  ...change,
});

test("groups stand one under the other on one scale, none over another", () => {
  const group = (key: string) => ({ key, name: key, marks: [mark({}), mark({ key: "star" })] });
  const layout = rangeLayout([group("a"), group("b")], 900);

  const ys = layout.groups.flatMap((placed) => placed.marks.map(({ y }) => y));
  expect(ys).toEqual([...ys].sort((x, y) => x - y));
  expect(Math.min(...ys.slice(1).map((y, index) => y - (ys[index] as number)))).toBeGreaterThanOrEqual(20);
  expect(layout.x(0.5)).toBe((layout.x(0) + layout.x(1)) / 2);
  expect(layout.height).toBeGreaterThan(layout.bottom);
});

test("what lies beyond the scale stands at its end", () => {
  const { x } = rangeLayout([], 900);

  expect(x(-0.2)).toBe(x(0));
  expect(x(1.2)).toBe(x(1));
});

test("a mark says its n, its range and what chance gives, or why there is no value", () => {
  expect(rangeWords(mark({ chance: 0.3 }))).toBe("D = 1: mean 0.50, 0.25 to 0.75 of 10 pairs; chance 0.30");
  expect(rangeWords(mark({ bounded: true, note: "10 pairs, 1 only bounded from below" }))).toBe(
    "D = 1: mean at least 0.50, 0.25 to 0.75 of 10 pairs, 1 only bounded from below",
  );
  expect(rangeWords(mark({ mean: null, low: null, high: null, reason: "no pair" }))).toBe(
    "D = 1: not defined, no pair",
  );
});
