import { describe, expect, test } from "vitest";
import { type BarGroup, type BarSeries, groupedBars } from "./barLayout";
import { familyLetter, type Matching, matchingLayout, ordered } from "./matchingLayout";
import { cellAt, type MatrixCell, samePair, stepped, strengthOf } from "./pairs";
import { segmentWords } from "./Segment";
import { shareTicks } from "./shareTicks";
import { placedLevels, stackedParts } from "./stackLayout";
import { shortened, widthOf } from "./text";

describe("grouped bars", () => {
  const series: BarSeries[] = [
    { key: "a1", name: "Annotator 1", tone: "grey" },
    { key: "any", name: "Any annotator", tone: "accent" },
  ];
  const group = (key: string, value: number | null): BarGroup => ({
    key,
    name: key,
    values: { a1: { value, k: 0, n: 10 }, any: { value: 1, k: 10, n: 10 } },
  });

  test("a bar is as long as its share of the scale, an undefined one has no length", () => {
    const { groups, scales } = groupedBars([group("crack", 0.5), group("hole", null)], series, 600);
    const length = (scales[0]?.one ?? 0) - (scales[0]?.zero ?? 0);

    expect(groups[0]?.bars.map((bar) => bar.width)).toEqual([length / 2, length]);
    expect(groups[1]?.bars[0]?.width).toBe(0);
  });

  test("groups stand in two columns where there is room, in the same order down and then across", () => {
    const names = ["a", "b", "c"].map((key) => group(key, 0.1));

    const { groups, scales, bottom } = groupedBars(names, series, 1200);

    expect(scales).toHaveLength(2);
    expect(groups.map((placed) => placed.group.key)).toEqual(["a", "b", "c"]);
    expect(groups[2]?.y).toBe(groups[0]?.y);
    expect(groups[2]?.x).toBeGreaterThan(groups[0]?.x ?? 0);
    expect(Math.max(...groups.map((placed) => placed.y + placed.height))).toBeLessThanOrEqual(bottom);
  });

  test("whoever has no board of a class has no bar in it", () => {
    const only = { ...group("crack", 1), values: { any: { value: 1, k: 1, n: 1 } } };

    expect(groupedBars([only], series, 600).groups[0]?.bars.map((bar) => bar.series.key)).toEqual(["any"]);
  });
});

describe("stacked bars", () => {
  const levels = ["0", "1", "2"].map((key) => ({ key, name: key }));

  test("the parts of a bar fill it, one after the other, and nothing has no part", () => {
    const group = { key: "g", name: "g", n: 8, counts: { "0": 2, "1": 0, "2": 6 } };

    const parts = stackedParts(group, levels, 100, 500);

    expect(parts.map(({ level, x, width, share }) => [level.key, x, width, share])).toEqual([
      ["0", 100, 100, 0.25],
      ["2", 200, 300, 0.75],
    ]);
    expect(parts.map((part) => part.strength)).toEqual([0, 1]);
  });

  test("the levels of ten annotators stand on as many lines as they need, none beyond the edge", () => {
    const many = Array.from({ length: 11 }, (_, number) => ({
      key: `${number}`,
      name: `${number} annotators`,
    }));

    const { placed, height } = placedLevels(many, 176, 800);

    expect(placed.map(({ level }) => level.key)).toEqual(many.map(({ key }) => key));
    for (const { x, width, y } of placed) {
      expect(x).toBeGreaterThanOrEqual(176);
      expect(x + width).toBeLessThanOrEqual(800);
      expect(y + 12).toBeLessThanOrEqual(height);
    }
    for (const [index, one] of placed.entries()) {
      const next = placed[index + 1];
      if (next) expect(next.y > one.y || next.x >= one.x + one.width).toBe(true);
    }
    expect(new Set(placed.map(({ y }) => y)).size).toBeGreaterThan(1);
    expect(placed.map(({ strength }) => strength)).toEqual(many.map((_, number) => number / 10));
    expect(new Set(placedLevels(many, 176, 3000).placed.map(({ y }) => y)).size).toBe(1);
  });

  test("a class without maps has no parts", () => {
    expect(stackedParts({ key: "g", name: "g", n: 0, counts: {} }, levels, 0, 10)).toEqual([]);
  });
});

describe("the matrix", () => {
  const names = ["a", "b", "c"].map((key) => ({ key, name: key }));
  const cells: MatrixCell[] = [
    { row: "a", column: "b", value: 0.4, note: "4 of 10 maps" },
    { row: "c", column: "a", value: null, bound: { lower: 0.6, upper: 0.8 }, note: "10 maps" },
    { row: "b", column: "c", value: null, note: "", reason: "no activation named by both" },
  ];

  test("a pair given once is found from both sides", () => {
    expect(cellAt(cells, { row: "a", column: "c" })).toBe(cells[1]);
    expect(cellAt(cells, { row: "b", column: "b" })).toBeNull();
    expect(samePair({ row: "a", column: "b" }, { row: "b", column: "a" })).toBe(true);
    expect(samePair({ row: "a", column: "b" }, null)).toBe(false);
  });

  test("arrows step over the diagonal and stay inside", () => {
    expect(stepped(names, { row: "b", column: "a" }, "right")).toEqual({ row: "b", column: "c" });
    expect(stepped(names, { row: "b", column: "c" }, "right")).toEqual({ row: "b", column: "c" });
    expect(stepped(names, { row: "a", column: "b" }, "down")).toEqual({ row: "c", column: "b" });
    expect(stepped(names, { row: "a", column: "b" }, "left")).toEqual({ row: "a", column: "b" });
    expect(stepped(names, { row: "a", column: "c" }, "first")).toEqual({ row: "a", column: "b" });
    expect(stepped(names, { row: "c", column: "a" }, "last")).toEqual({ row: "c", column: "b" });
  });

  test("a bound is tinted by its lower end, what is undefined not at all", () => {
    const [value, bound, none] = cells as [MatrixCell, MatrixCell, MatrixCell];

    expect(strengthOf(value)).toBe(0.4);
    expect(strengthOf({ ...value, value: -0.2 })).toBe(0);
    expect(strengthOf(bound)).toBe(0.6);
    expect(strengthOf(none)).toBeNull();
  });

  test("a bound is named as one", () => {
    expect(segmentWords("bound", 0.6, 0.8)).toBe("bound, 0.60 to 0.80");
  });
});

describe("the drawing of a matching", () => {
  const matching: Matching = {
    left: [
      { id: "l1", name: "worn", size: 5, family: null },
      { id: "l2", name: "crack", size: 30, family: 0 },
      { id: "l3", name: "hole", size: 40, family: 1 },
    ],
    right: [
      { id: "r1", name: "branch", size: 12, family: 0 },
      { id: "r2", name: "line", size: 18, family: 0 },
      { id: "r3", name: null, size: 30, family: 1 },
    ],
    edges: [
      { left: "l2", right: "r1", weight: 12, family: 0 },
      { left: "l2", right: "r2", weight: 16, family: 0 },
      { left: "l3", right: "r3", weight: 25, family: 1 },
      { left: "l1", right: "r2", weight: 2, family: null },
    ],
  };

  test("families stand by weight, concepts in them by size, the unmatched last", () => {
    const { left, right } = ordered(matching);

    expect(left.map((each) => each.id)).toEqual(["l2", "l3", "l1"]);
    expect(right.map((each) => each.id)).toEqual(["r2", "r1", "r3"]);
  });

  test("an edge is as wide as what both have in common, and lies within the bars at its ends", () => {
    const layout = matchingLayout(matching, 900);
    const width = (right: string) =>
      layout.edges.find((each) => each.edge.right === right && each.edge.family !== null)?.width;

    expect((width("r1") ?? 0) / (width("r2") ?? 1)).toBeCloseTo(12 / 16, 10);
    for (const { from, edge } of layout.edges) {
      const sum = layout.edges
        .filter((each) => each.from === from)
        .reduce((total, each) => total + each.width, 0);
      expect(sum, edge.left).toBeLessThanOrEqual(from.height + 1e-9);
    }
  });

  test("edges that are not matched are drawn first and carry no number", () => {
    const [first, ...others] = matchingLayout(matching, 900).edges;

    expect(first?.edge.family).toBeNull();
    expect(first?.at).toBeNull();
    expect(others.every((each) => each.edge.family !== null && each.at !== null)).toBe(true);
  });

  test("a concept without a name says so", () => {
    expect(matchingLayout(matching, 900).right.map((each) => each.label)).toContain("no name");
  });

  test("thirty concepts on each side stay apart from one another, and so do the numbers of the edges", () => {
    const side = (key: string) =>
      Array.from({ length: 30 }, (_, index) => ({
        id: `${key}${index}`,
        name: `a concept with quite a long name ${index}`,
        size: 1 + ((index * 37) % 90),
        family: index,
      }));
    const edges = Array.from({ length: 30 }, (_, index) => ({
      left: `l${index}`,
      right: `r${(index * 7) % 30}`,
      weight: 1,
      family: index,
    }));

    const layout = matchingLayout({ left: side("l"), right: side("r"), edges }, 900);

    for (const placed of [layout.left, layout.right]) {
      for (const [index, each] of placed.entries()) {
        const next = placed[index + 1];
        const middle = each.y + each.height / 2;
        if (next) expect(next.y + next.height / 2 - middle).toBeGreaterThanOrEqual(20);
        if (next) expect(next.y).toBeGreaterThan(each.y + each.height);
        expect(each.y + each.height).toBeLessThanOrEqual(layout.height);
        expect(each.label).toMatch(/…$/);
        expect(widthOf(each.label, layout.size)).toBeLessThan(layout.leftBar);
      }
    }
    const at = layout.edges.flatMap((each) => (each.at ? [each.at] : []));
    for (const [index, one] of at.entries()) {
      for (const other of at.slice(index + 1)) {
        expect(Math.abs(one.x - other.x) > 26 || Math.abs(one.y - other.y) > 13).toBe(true);
      }
    }
  });

  test("families beyond the alphabet have letters of their own", () => {
    expect([0, 25, 26, 51, 52].map(familyLetter)).toEqual(["A", "Z", "AA", "AZ", "BA"]);
  });
});

test("a scale has as many marks as there is room for", () => {
  expect(shareTicks(400)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(shareTicks(120)).toEqual([0, 0.5, 1]);
  expect(shareTicks(60)).toEqual([0, 1]);
});

test("a long name is cut, a short one is not", () => {
  expect(shortened("crack", 14, 100)).toBe("crack");
  expect(shortened("a very long name of a concept", 14, 100)).toMatch(/^a very.*…$/);
  expect(widthOf(shortened("MMMMMMMMMMMMMMMM", 14, 100), 14)).toBeLessThanOrEqual(100);
});
