import { describe, expect, test } from "vitest";
import type { BoardProgress, NamingRoundDetail } from "../../api/types";
import { askedFor, type Draft, emptyDraft, nameable, problems, textsOf } from "./form";
import { annotatorRows, notBlind, share, stateOf } from "./progress";

const draft: Draft = {
  ...emptyDraft,
  run: "r",
  name: " First round ",
  annotators: new Set(["ada", "bob"]),
  classes: new Set([4, 1]),
  instructions: " Look at the map. ",
  own: { bob: "Use few names.", eve: "who is not chosen" },
  notes: { 1: " cracks ", 2: "of a class that is not chosen", 4: "  " },
};

describe("a new round", () => {
  test("is asked for with what was chosen, and with nothing that was not", () => {
    expect(problems(draft)).toEqual({});
    expect(askedFor(draft)).toEqual({
      run_id: "r",
      name: "First round",
      annotators: ["ada", "bob"],
      classes: [1, 4],
      instructions: "Look at the map.",
      class_notes: { 1: "cracks" },
      annotator_instructions: { bob: "Use few names." },
    });
  });

  test("needs a name, a person and a class, each said at its field", () => {
    expect(Object.keys(problems(emptyDraft))).toEqual(["name", "annotators", "classes"]);
    expect(problems({ ...draft, name: "  " })).toHaveProperty("name");
  });

  test("offers the classes that have maps, by name", () => {
    const row = (position: number, name: string, maps: number | null) =>
      ({ position, name, maps_on_board: maps }) as never;

    const found = nameable({
      classes: [row(0, "hole", 3), row(1, "none", 0), row(2, "crack", 1), row(3, "?", null)],
    });

    expect(found.map((each) => each.position)).toEqual([2, 0]);
  });
});

describe("the progress of a round", () => {
  const progress = { boards: 2, complete: 1, named: 3, placed: 5, total: 10 };
  const board = (annotator: string, position: number, change: Partial<BoardProgress>): BoardProgress => ({
    class_position: position,
    annotator,
    named: 0,
    placed: 0,
    total: 5,
    complete: false,
    blind: true,
    changed_at: null,
    ...change,
  });
  const round = {
    annotators: [
      { annotator: "annotator-01", account_id: null, name: null, progress },
      { annotator: "annotator-02", account_id: "b", name: "Bob", progress },
    ],
    boards: [
      board("annotator-01", 0, { changed_at: "2026-11-21T10:00:00Z" }),
      board("annotator-01", 1, { changed_at: "2026-11-21T11:00:00Z", blind: false }),
      board("annotator-02", 1, {}),
    ],
    name: "First",
    instructions: "Look.",
    class_notes: { "0": "cracks" },
    annotator_instructions: { b: "Use few names." },
  } as unknown as NamingRoundDetail;

  test("stands by annotator and class, with the last change of any of their boards", () => {
    const [first, second] = annotatorRows(round);

    expect([...(first?.boards.keys() ?? [])]).toEqual([0, 1]);
    expect(first?.changedAt).toBe("2026-11-21T11:00:00Z");
    expect(second?.boards.has(0)).toBe(false);
    expect(second?.changedAt).toBeNull();
    expect(notBlind(round)).toBe(1);
  });

  test("is a share of the maps, and none where there are no maps", () => {
    expect(share(progress)).toBe(0.5);
    expect(share({ placed: 0, total: 0 })).toBeNull();
  });

  test("says in a word where a round stands", () => {
    const word = (change: object) => stateOf({ progress: { ...progress, ...change } }).word;

    expect(word({ complete: 2 })).toBe("Finished");
    expect(word({})).toBe("Naming");
    expect(word({ placed: 0, complete: 0 })).toBe("Not begun");
    expect(word({ boards: 0, complete: 0, placed: 0 })).toBe("Not begun");
  });

  test("texts are edited as they stand, and the round itself is left alone", () => {
    const texts = textsOf(round);
    texts.class_notes["0"] = "changed";

    expect(texts).toEqual({
      name: "First",
      instructions: "Look.",
      class_notes: { "0": "changed" },
      annotator_instructions: { b: "Use few names." },
    });
    expect(round.class_notes).toEqual({ "0": "cracks" });
  });
});
