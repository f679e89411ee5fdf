// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from "vitest";
import { Problem } from "../api/problem";
import { Arranger, type Orders } from "./arranger";
import { makeDesk } from "./desk";
import { listOf } from "./order";
import { NOTHING } from "./selection";
import { emptyState, type State, UNLABELED } from "./state";

const MAPS = ["m0", "m1", "m2", "m3", "m4"];
const ROW = [4, 2, 0, 1, 3];
const without = new Problem({
  title: "Conflict",
  status: 409,
  code: "maps_not_compared",
  detail: "The maps of this board were not compared.",
});

function at(places: readonly string[] = MAPS.map(() => UNLABELED), answers: Partial<Orders> = {}) {
  const state: State = {
    ...emptyState(MAPS),
    places,
    concepts: [{ id: "a", name: "crack", note: "" }],
  };
  const desk = makeDesk();
  const say = vi.fn();
  const orders = {
    similarTogether: vi.fn(async () => ROW),
    mostLike: vi.fn(async () => ROW),
    ...answers,
  };
  const parts = { board: "b", account: "me", desk, state: () => state, orders, say };
  const list = () => listOf(state, desk.getState().open, desk.getState().order);
  return { arranger: new Arranger(parts), again: () => new Arranger(parts), desk, orders, say, list };
}

afterEach(() => localStorage.clear());

describe("similar maps together", () => {
  it("asks the service once and keeps the order on this device, by person and board", async () => {
    const { arranger, again, desk, orders, list } = at();
    await arranger.toggle();
    expect(list()).toEqual(ROW);
    await arranger.toggle();
    expect(list()).toEqual([0, 1, 2, 3, 4]);
    await arranger.toggle();
    expect(orders.similarTogether).toHaveBeenCalledTimes(1);
    expect(localStorage.getItem("glossator.board.order.me.b")).toBe("similar");

    desk.setState({ order: { arrangement: "mixed", similar: null, likes: null } });
    again();
    await vi.waitFor(() => expect(list()).toEqual(ROW));
  });

  it("stays mixed and says why where the run compared no maps", async () => {
    const { arranger, desk, say } = at(undefined, { similarTogether: () => Promise.reject(without) });
    await arranger.arrange("similar");

    expect(desk.getState().order.arrangement).toBe("mixed");
    expect(say).toHaveBeenCalledExactlyOnceWith(without.message);
    expect(localStorage.getItem("glossator.board.order.me.b")).toBeNull();
  });
});

describe("a board that was left with similar maps together", () => {
  const KEY = "glossator.board.order.me.b";
  afterEach(() => vi.useRealTimers());

  function opened() {
    vi.useFakeTimers();
    localStorage.setItem(KEY, "similar");
    let answer: (row: readonly number[]) => void = () => undefined;
    let refuse: (error: Problem) => void = () => undefined;
    const asked = new Promise<readonly number[]>((resolve, reject) => {
      answer = resolve;
      refuse = reject;
    });
    return { ...at(undefined, { similarTogether: () => asked }), answer, refuse };
  }

  it("shows no map before the order is there, and then all at their places", async () => {
    const { desk, list, answer } = opened();
    expect(desk.getState().held).toBe(true);

    await vi.advanceTimersByTimeAsync(399);
    expect(desk.getState().held).toBe(true);
    answer(ROW);
    await vi.advanceTimersByTimeAsync(0);

    expect(desk.getState().held).toBe(false);
    expect(list()).toEqual(ROW);
  });

  it("shows the mixed order after 400 ms, and leaves the maps where they are when the answer comes", async () => {
    const { arranger, desk, list, say, answer } = opened();
    await vi.advanceTimersByTimeAsync(400);
    expect(desk.getState().held).toBe(false);

    answer(ROW);
    await vi.advanceTimersByTimeAsync(0);

    expect(list()).toEqual([0, 1, 2, 3, 4]);
    expect(say).toHaveBeenCalledExactlyOnceWith("Similar maps can be put together now: press O.");
    await arranger.toggle();
    expect(list()).toEqual(ROW);
  });

  it("shows the mixed order at once where the service refuses, and says why", async () => {
    const { desk, list, say, refuse } = opened();
    refuse(without);
    await vi.advanceTimersByTimeAsync(0);

    expect(desk.getState().held).toBe(false);
    expect(list()).toEqual([0, 1, 2, 3, 4]);
    expect(say).toHaveBeenCalledExactlyOnceWith(without.message);
    expect(localStorage.getItem(KEY)).toBe("similar");
  });
});

describe("more like these", () => {
  it("opens the unlabeled maps with the selection first, and keeps it selected", async () => {
    const { arranger, desk, orders, list } = at();
    desk.setState({ selection: { selected: new Set([4, 2]), cursor: 2, anchor: 4 } });
    await arranger.likeChosen();

    expect(orders.mostLike).toHaveBeenCalledWith("b", ["m4", "m2"]);
    expect(list()).toEqual(ROW);
    const { selection, order } = desk.getState();
    expect([...selection.selected].sort()).toEqual([2, 4]);
    expect(selection.cursor).toBe(4);
    expect(order.likes?.to).toBe("2 maps");
  });

  it("takes all of the card that is open, whose maps do not stand among the unlabeled ones", async () => {
    const { arranger, desk, orders, list } = at(["a", UNLABELED, UNLABELED, UNLABELED, "a"]);
    desk.setState({ open: "a" });
    await arranger.likeChosen();

    expect(orders.mostLike).toHaveBeenCalledWith("b", ["m0", "m4"]);
    expect(desk.getState().open).toBe(UNLABELED);
    expect(list()).toEqual([2, 1, 3]);
    expect(desk.getState().selection).toEqual({ selected: new Set(), cursor: 2, anchor: 2 });
    expect(desk.getState().order.likes?.to).toBe("the 2 maps of crack");
  });

  it("takes the map that is looked at closely, and leaves the large view", async () => {
    const { arranger, desk, orders } = at();
    desk.setState({ layer: "large", selection: { selected: new Set([0, 1]), cursor: 3, anchor: 0 } });
    await arranger.likeChosen();

    expect(orders.mostLike).toHaveBeenCalledWith("b", ["m3"]);
    expect(desk.getState().layer).toBeNull();
  });

  it("asks for a selection where there is none", async () => {
    const { arranger, desk, orders, say } = at();
    desk.setState({ selection: NOTHING });
    await arranger.likeChosen();

    expect(orders.mostLike).not.toHaveBeenCalled();
    expect(say).toHaveBeenCalledWith("Select some maps first.");
  });

  it("goes back to the order that was there before", async () => {
    const { arranger, list } = at();
    await arranger.arrange("similar");
    await arranger.like([1], "1 map");
    arranger.back();
    expect(list()).toEqual(ROW);
    await arranger.arrange("mixed");
    expect(list()).toEqual([0, 1, 2, 3, 4]);
  });

  it("ignores an answer that was overtaken by another wish", async () => {
    let late: (row: readonly number[]) => void = () => undefined;
    const answers = [new Promise<readonly number[]>((resolve) => (late = resolve)), Promise.resolve(ROW)];
    const { arranger, desk } = at(undefined, { mostLike: () => answers.shift() as Promise<number[]> });
    const first = arranger.like([0], "first");
    await arranger.like([1], "second");
    late([0, 1, 2, 3, 4]);
    await first;

    expect(desk.getState().order.likes).toEqual({ to: "second", row: ROW });
  });
});
