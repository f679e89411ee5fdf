import { describe, expect, it } from "vitest";
import { check } from "./check";
import { DISCARDED, emptyState, NOT_SURE, type State, UNLABELED } from "./state";

const maps = Array.from({ length: 10 }, (_, index) => `map-${index}`);

function board(places: string[], rest: Partial<State> = {}): State {
  return { ...emptyState(maps), places, ...rest };
}

const crack = { id: "c1", name: "crack", note: "" };
const nameless = { id: "c2", name: null, note: "" };

describe("the check before a board is finished", () => {
  it("finds nothing where every map is placed and every concept rests on three images", () => {
    const places = [...Array(6).fill("c1"), ...Array(4).fill(DISCARDED)];

    expect(check(board(places, { concepts: [crack] }), { c1: 3 })).toEqual([]);
  });

  it("points out concepts of few different images by name, however many maps they hold", () => {
    const places = [...Array(6).fill("c1"), ...Array(4).fill(DISCARDED)];

    expect(check(board(places, { concepts: [crack] }), { c1: 2 })).toEqual([
      { text: "“crack” rests on 2 images only", place: "c1" },
    ]);
  });

  it("says of each kind where to look", () => {
    const places = [...Array(3).fill(UNLABELED), ...Array(3).fill("c2"), ...Array(4).fill(DISCARDED)];
    const state = board(places, { concepts: [crack, nameless], notSure: new Set([0]) });

    expect(check(state, { c2: 3 })).toEqual([
      { text: "3 maps are unlabeled", place: UNLABELED },
      { text: "You are not sure about 1 map", place: NOT_SURE },
      { text: "“crack” holds no map", place: "c1" },
      { text: "Concept 2 has no name", place: "c2", nameless: true },
    ]);
  });

  it("knows before the service counted that two maps are no more than two images", () => {
    const places = [...Array(2).fill("c1"), ...Array(8).fill(DISCARDED)];

    expect(check(board(places, { concepts: [crack] }), {})).toHaveLength(1);
  });
});
