import { describe, expect, it } from "vitest";
import { corner, GAP, gridOf, PADDING, scrollTo, touched, visible } from "./geometry";

describe("the geometry of the grid", () => {
  it("fills the width with tiles that are at least as large as asked for", () => {
    const grid = gridOf(600, 30, 104);
    expect(grid.columns).toBe(5);
    expect(grid.side).toBe(Math.floor((600 - 2 * PADDING - 4 * GAP) / 5));
    expect(grid.rows).toBe(6);
  });

  it("finds under a rectangle exactly the tiles whose squares it meets", () => {
    const grid = gridOf(611, 23, 90);
    for (const box of [
      { left: 0, top: 0, right: 10, bottom: 10 },
      { left: 30, top: 40, right: 200, bottom: 330 },
      { left: 5, top: 100, right: 605, bottom: 101 },
      { left: 125, top: 0, right: 128, bottom: 900 },
      { left: 400, top: 500, right: 900, bottom: 2000 },
    ]) {
      const slow: number[] = [];
      for (let position = 0; position < 23; position++) {
        const { x, y } = corner(grid, position);
        const meets =
          x <= box.right && x + grid.side >= box.left && y <= box.bottom && y + grid.side >= box.top;
        if (meets) slow.push(position);
      }
      expect(touched(grid, 23, box)).toEqual(slow);
    }
  });

  it("keeps only what can be seen in the page", () => {
    const grid = gridOf(600, 5000, 104);
    const [first, last] = visible(grid, 5000, 10_000, 800);
    expect(last - first).toBeLessThan(80);
    expect(corner(grid, first).y).toBeLessThan(10_000);
    expect(corner(grid, last).y).toBeGreaterThan(10_800);
    expect(visible(grid, 3, 0, 800)).toEqual([0, 3]);
  });

  it("scrolls no further than needed", () => {
    const grid = gridOf(600, 100, 104);
    expect(scrollTo(grid, 0, 0, 500)).toBe(0);
    expect(scrollTo(grid, 99, 0, 500)).toBe(corner(grid, 99).y + grid.side + PADDING - 500);
    expect(scrollTo(grid, 5, 1000, 500)).toBe(corner(grid, 5).y - PADDING);
  });
});
