/** The level at which contours are drawn, as a share of the map's maximum. Pages state it beside the choice. */
export const CONTOUR_LEVEL = 0.5;

type Point = readonly [x: number, y: number];
type Side = "top" | "right" | "bottom" | "left";

/** Which sides of a square a contour joins, by which corners lie above the level (1 top left, 2 top right, 4 bottom right, 8 bottom left). */
const JOINS: readonly (readonly [Side, Side][])[] = [
  [],
  [["left", "top"]],
  [["top", "right"]],
  [["left", "right"]],
  [["right", "bottom"]],
  [
    ["left", "top"],
    ["right", "bottom"],
  ],
  [["top", "bottom"]],
  [["left", "bottom"]],
  [["left", "bottom"]],
  [["top", "bottom"]],
  [
    ["top", "right"],
    ["left", "bottom"],
  ],
  [["right", "bottom"]],
  [["left", "right"]],
  [["top", "right"]],
  [["left", "top"]],
  [],
];

/**
 * Marching squares: the line segments at `level` on a `size × size` grid of values, in pixel coordinates (a value
 * sits at the centre of its pixel). Outside the grid everything counts as below the level, so that a region that
 * touches the border is closed there.
 */
export function contourSegments(values: Float32Array, size: number, level: number): [Point, Point][] {
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= size || y >= size ? Math.min(0, level - 1) : (values[y * size + x] as number);
  const segments: [Point, Point][] = [];
  for (let y = -1; y < size; y++) {
    for (let x = -1; x < size; x++) {
      const corners = [at(x, y), at(x + 1, y), at(x + 1, y + 1), at(x, y + 1)] as const;
      const above = corners.reduce(
        (bits, value, corner) => (value >= level ? bits | (1 << corner) : bits),
        0,
      );
      for (const [from, to] of JOINS[above] as [Side, Side][]) {
        segments.push([crossing(from, x, y, corners, level, size), crossing(to, x, y, corners, level, size)]);
      }
    }
  }
  return segments;
}

function crossing(
  side: Side,
  x: number,
  y: number,
  [topLeft, topRight, bottomRight, bottomLeft]: readonly [number, number, number, number],
  level: number,
  size: number,
): Point {
  const share = (from: number, to: number) => (level - from) / (to - from);
  const inside = (value: number) => Math.min(Math.max(value + 0.5, 0.5), size - 0.5);
  if (side === "top") return [inside(x + share(topLeft, topRight)), inside(y)];
  if (side === "bottom") return [inside(x + share(bottomLeft, bottomRight)), inside(y + 1)];
  if (side === "left") return [inside(x), inside(y + share(topLeft, bottomLeft))];
  return [inside(x + 1), inside(y + share(topRight, bottomRight))];
}
