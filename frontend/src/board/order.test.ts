import { describe, expect, it } from "vitest";
import { arranged, listOf, MIXED, type Order } from "./order";
import { arrow, click, NOTHING } from "./selection";
import { DISCARDED, NOT_SURE, UNLABELED } from "./state";

const places = [UNLABELED, "a", UNLABELED, UNLABELED, "a", UNLABELED];
const notSure = new Set([5, 1]);
const state = { places, notSure };
const similar: Order = { arrangement: "similar", similar: [5, 4, 3, 2, 1, 0], likes: null };
const likes: Order = { ...similar, likes: { to: "1 map", row: [2, 1, 5, 0, 3, 4] } };

describe("the order of the open place", () => {
  it("is that of the board where maps that the person is not sure about are shown, wherever they stand", () => {
    expect(listOf(state, NOT_SURE, MIXED)).toEqual([1, 5]);
    expect(listOf(state, NOT_SURE, likes)).toEqual([1, 5]);
  });

  it("is the board's own unless another was asked for", () => {
    expect(listOf(state, UNLABELED, MIXED)).toEqual([0, 2, 3, 5]);
    expect(listOf(state, UNLABELED, { ...MIXED, arrangement: "similar" })).toEqual([0, 2, 3, 5]);
  });

  it("puts similar maps together in every place, and only those that are there", () => {
    expect(listOf(state, UNLABELED, similar)).toEqual([5, 3, 2, 0]);
    expect(listOf(state, "a", similar)).toEqual([4, 1]);
    expect(listOf(state, DISCARDED, similar)).toEqual([]);
  });

  it("sorts the unlabeled maps by some, and no other place", () => {
    expect(listOf(state, UNLABELED, likes)).toEqual([2, 5, 0, 3]);
    expect(listOf(state, "a", likes)).toEqual([4, 1]);
    expect(listOf(state, "a", { ...likes, arrangement: "mixed" })).toEqual([1, 4]);
  });

  it("takes a map that comes back to its place in the row", () => {
    const undone = { notSure, places: places.map((place, map) => (map === 1 ? UNLABELED : place)) };
    expect(listOf(undone, UNLABELED, likes)).toEqual([2, 1, 5, 0, 3]);
  });

  it("is what ranges and arrows go by", () => {
    const list = listOf(state, UNLABELED, likes);
    const first = click(list, NOTHING, 2, { shift: false, ctrl: false });
    expect([...click(list, first, 0, { shift: true, ctrl: false }).selected]).toEqual([2, 5, 0]);
    expect(arrow(list, first, "right", 3, { shift: false, ctrl: false }).cursor).toBe(5);
  });

  it("ends a sorting when another arrangement is asked for, and forgets no order it knows", () => {
    expect(arranged(likes, "mixed", null)).toEqual({ ...similar, arrangement: "mixed" });
    expect(arranged(MIXED, "similar", [1, 0])).toEqual({
      arrangement: "similar",
      similar: [1, 0],
      likes: null,
    });
  });
});
