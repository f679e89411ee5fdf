import { describe, expect, it } from "vitest";
import { all, arrow, click, NOTHING, rectangle, stepped, without } from "./selection";

const LIST = [10, 11, 12, 13, 14, 15, 16];
const plain = { shift: false, ctrl: false };

describe("selection", () => {
  it("selects one with a click, toggles with Ctrl, takes everything between with Shift", () => {
    const one = click(LIST, NOTHING, 12, plain);
    expect([...one.selected]).toEqual([12]);
    const two = click(LIST, one, 15, { shift: false, ctrl: true });
    expect([...two.selected]).toEqual([12, 15]);
    expect([...click(LIST, two, 12, { shift: false, ctrl: true }).selected]).toEqual([15]);
    const range = click(LIST, one, 15, { shift: true, ctrl: false });
    expect([...range.selected]).toEqual([12, 13, 14, 15]);
    expect([...click(LIST, range, 11, { shift: true, ctrl: false }).selected]).toEqual([11, 12]);
  });

  it("walks a grid with arrows and stays inside", () => {
    expect(stepped(0, "left", 7, 3)).toBe(0);
    expect(stepped(1, "down", 7, 3)).toBe(4);
    expect(stepped(5, "down", 7, 3)).toBe(6);
    expect(stepped(6, "down", 7, 3)).toBe(6);
    expect(stepped(1, "up", 7, 3)).toBe(1);
    expect(stepped(4, "end", 7, 3)).toBe(6);
  });

  it("extends with Shift and an arrow, and only moves with Ctrl and an arrow", () => {
    const start = click(LIST, NOTHING, 10, plain);
    const extended = arrow(LIST, start, "right", 3, { shift: true, ctrl: false });
    expect([...extended.selected]).toEqual([10, 11]);
    const moved = arrow(LIST, start, "down", 3, { shift: false, ctrl: true });
    expect(moved.cursor).toBe(13);
    expect([...moved.selected]).toEqual([10]);
  });

  it("selects everything, without a cap", () => {
    const many = Array.from({ length: 5000 }, (_, index) => index);
    expect(all(many, NOTHING).selected.size).toBe(5000);
  });

  it("adds a rectangle to what was selected only when asked to", () => {
    expect([...rectangle([11, 12], new Set([10]), true).selected]).toEqual([10, 11, 12]);
    expect([...rectangle([11, 12], new Set([10]), false).selected]).toEqual([11, 12]);
  });

  it("goes on at the next map when the one under the cursor left", () => {
    const before = { selected: new Set([11, 12]), cursor: 12, anchor: 11 };
    const after = without(LIST, [10, 13, 14, 15, 16], before);
    expect(after.selected.size).toBe(0);
    expect(after.cursor).toBe(13);
    expect(without(LIST, [10], before).cursor).toBe(10);
    expect(without(LIST, [], before).cursor).toBeNull();
  });
});
