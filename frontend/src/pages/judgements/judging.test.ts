import { describe, expect, test } from "vitest";
import type { NamePair, Relation } from "../../api/types";
import { currentOf, gestureOf, listed, progressOf, stepped, told, withJudgement } from "./judging";

function pair(id: string, shared: number, proposed: Relation, said?: Relation): NamePair {
  return {
    id,
    name_a: `${id} a`,
    name_b: `${id} b`,
    shared,
    state: said ? "judged" : proposed === "none" ? "unjudged" : "proposed",
    judgement: said ? { relation: said, judged_by: "Ada", judged_at: "2026-11-21T10:00:00Z" } : null,
    proposal: { relation: proposed, reason: "no word in common" },
  };
}

const pairs = [pair("one", 60, "exact", "subset"), pair("two", 30, "exact"), pair("three", 10, "none")];
const ids = (found: readonly NamePair[]) => found.map((each) => each.id);

test("the filter of the link lists what it says", () => {
  expect(ids(listed(pairs, "open"))).toEqual(["two", "three"]);
  expect(ids(listed(pairs, "proposed"))).toEqual(["two"]);
  expect(ids(listed(pairs, "judged"))).toEqual(["one"]);
  expect(ids(listed(pairs, "all"))).toEqual(["one", "two", "three"]);
});

describe("keys", () => {
  const press = (key: string, more: object = {}) =>
    gestureOf({ key, repeat: false, ctrlKey: false, metaKey: false, altKey: false, ...more });

  test("one key says how two names are related", () => {
    expect(press("e")).toEqual({ kind: "judge", relation: "exact" });
    expect(press("S")).toEqual({ kind: "judge", relation: "subset" });
    expect(press("n")).toEqual({ kind: "judge", relation: "none" });
    expect(press("Enter")).toEqual({ kind: "confirm" });
  });

  test("arrows step, Backspace withdraws, Ctrl+Z takes back", () => {
    expect(press("ArrowRight")).toEqual({ kind: "step", by: 1 });
    expect(press("ArrowUp")).toEqual({ kind: "step", by: -1 });
    expect(press("Backspace")).toEqual({ kind: "withdraw" });
    expect(press("z", { ctrlKey: true })).toEqual({ kind: "undo" });
    expect(press("z", { metaKey: true })).toEqual({ kind: "undo" });
  });

  test("a key that is held down steps on, and judges no pair after the first", () => {
    const held = (key: string, more: object = {}) => press(key, { repeat: true, ...more });

    for (const key of ["e", "S", "n", "Enter", "Backspace", "Delete"]) expect(held(key)).toBeNull();
    expect(held("ArrowRight")).toEqual({ kind: "step", by: 1 });
    expect(held("z", { ctrlKey: true })).toEqual({ kind: "undo" });
  });

  test("keys of the browser and all others are left alone", () => {
    expect(press("s", { ctrlKey: true })).toBeNull();
    expect(press("ArrowLeft", { altKey: true })).toBeNull();
    expect(press("Tab")).toBeNull();
    expect(press("x")).toBeNull();
  });
});

test("a pair is told in a sentence with what was said or is proposed", () => {
  expect(told(pairs[0] as NamePair)).toBe("one a and one b. Judged: Subset.");
  expect(told(pairs[2] as NamePair)).toBe("three a and three b. No proposal, no word in common.");
});

test("the chosen pair stays while it is listed; when it leaves the list the first stands in its place", () => {
  expect(currentOf(pairs, "two")?.id).toBe("two");
  expect(currentOf(listed(pairs, "judged"), "two")?.id).toBe("one");
  expect(currentOf([], "two")).toBeNull();
});

test("a step goes to the neighbour and not over the ends", () => {
  expect(stepped(pairs, "one", 1)).toBe("two");
  expect(stepped(pairs, "one", -1)).toBe("one");
  expect(stepped(pairs, "three", 1)).toBe("three");
});

test("a judgement makes a pair judged, and withdrawn it is what its proposal makes it", () => {
  const said = withJudgement(pairs[1] as NamePair, "none", "Bob", "2026-11-21T12:00:00Z");

  expect(said.state).toBe("judged");
  expect(said.judgement).toEqual({ relation: "none", judged_by: "Bob", judged_at: "2026-11-21T12:00:00Z" });
  expect(withJudgement(said, null, "Bob", "")).toEqual(pairs[1]);
  expect(withJudgement(pairs[2] as NamePair, null, "Bob", "").state).toBe("unjudged");
});

test("progress counts pairs, and the maps that judged pairs share", () => {
  expect(progressOf(pairs)).toEqual({ judged: 1, pairs: 3, sharedJudged: 60, shared: 100 });
  expect(progressOf([])).toEqual({ judged: 0, pairs: 0, sharedJudged: 0, shared: 0 });
});
