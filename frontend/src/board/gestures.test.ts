import { describe, expect, it } from "vitest";
import { assign, create, merge, notSure, redo, rename, shift, undo } from "./gestures";
import { reduce } from "./reducer";
import { emptyState, type State } from "./state";

function after(...bodies: Parameters<typeof reduce>[1][]): State {
  return bodies.reduce((state, body) => reduce(state, body).state, emptyState(["m0", "m1", "m2"]));
}

const made = after({
  kind: "create_concept",
  command_id: "k1",
  concept_id: "a",
  name: "crack",
  after: null,
  maps: ["m0", "m1"],
});

describe("gestures", () => {
  it("moves only what is not there yet, and nothing at all is no gesture", () => {
    expect(assign(made, [2, 0], "a")).toEqual([{ kind: "assign", maps: ["m2"], to: "a" }]);
    expect(assign(made, [0, 1], "a")).toEqual([]);
  });

  it("makes a concept at the end, and out of one concept right behind it", () => {
    expect(create(made, [2], "b")[0]).toEqual({
      kind: "create_concept",
      concept_id: "b",
      name: null,
      after: null,
      maps: ["m2"],
    });
    expect(create(made, [1], "b")[0]).toEqual({
      kind: "split_concept",
      concept_id: "a",
      new_concept_id: "b",
      name: null,
      maps: ["m1"],
    });
  });

  it("renames only to another name, and to none when the field is emptied", () => {
    expect(rename(made, "a", "crack ")).toEqual([]);
    expect(rename(made, "a", " ")).toEqual([{ kind: "rename_concept", concept_id: "a", name: null }]);
  });

  it("does not merge a concept into itself", () => {
    expect(merge("a", "a")).toEqual([]);
  });

  it("moves a concept by one place and not beyond the ends", () => {
    const two = reduce(made, {
      kind: "create_concept",
      command_id: "k2",
      concept_id: "b",
      name: "b",
      after: null,
    }).state;
    expect(shift(two, "b", -1)).toEqual([{ kind: "reorder_concepts", order: ["b", "a"] }]);
    expect(shift(two, "b", 1)).toEqual([]);
  });

  it("flags, and takes the flag away when all have it", () => {
    const flagged = reduce(made, { kind: "flag", command_id: "k2", maps: ["m0"], not_sure: true }).state;
    expect(notSure(flagged, [0, 1])).toEqual([{ kind: "flag", maps: ["m0", "m1"], not_sure: true }]);
    expect(notSure(flagged, [0])).toEqual([{ kind: "flag", maps: ["m0"], not_sure: false }]);
  });

  it("undoes and redoes the gesture on top, one step whatever it moved", () => {
    expect(undo(made)).toEqual([{ kind: "undo", of: "k1" }]);
    const back = reduce(made, { kind: "undo", command_id: "k2", of: "k1" }).state;
    expect(undo(back)).toEqual([]);
    expect(redo(back)).toEqual([{ kind: "redo", of: "k1" }]);
  });
});
