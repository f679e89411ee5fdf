import { describe, expect, test } from "vitest";
import type { Group, TestSetSummary } from "../../api/agreement";
import { allOther, combinationRows, keyOf } from "./summaryFigures";
import { groupRows, ownRows, readingsOf, saySo, shared } from "./vocabularyFigures";

const row = (concepts: string[], n_images: number, n_right: number, n_wrong: number) => ({
  concepts,
  n_images,
  share: n_images / 20,
  n_complete: 1,
  n_right,
  n_wrong,
});

describe("the test-set summary", () => {
  const summary: TestSetSummary = {
    computed_at: "2026-11-21T10:00:00Z",
    n_images: 20,
    explanations: [
      { annotator: "p", rows: [row(["crack"], 20, 20, 0)] },
      { annotator: null, rows: [row(["crack", "hole"], 12, 8, 2), row([], 6, 0, 0), row(["hole"], 2, 1, 1)] },
    ],
  };

  test("splits images into right, wrong and unknown; the share is of those with a label", () => {
    expect(
      combinationRows(summary, null).map(({ unknown, shareRight, n }) => [unknown, shareRight, n]),
    ).toEqual([
      [2, 0.8, 20],
      [6, null, 20],
      [0, 0.5, 20],
    ]);
  });

  test("is of an annotator or of the consensus, and of nobody else", () => {
    expect(combinationRows(summary, "p")).toHaveLength(1);
    expect(combinationRows(summary, "gone")).toEqual([]);
  });

  test("leads to the images that are all other, if there are any", () => {
    expect(allOther(combinationRows(summary, null))?.n_images).toBe(6);
    expect(allOther(combinationRows(summary, "p"))).toBeNull();
  });

  test("knows a combination in whatever order its names come", () => {
    expect(keyOf(["hole", "crack"])).toBe(keyOf(["crack", "hole"]));
    expect(keyOf(["a", "b"])).not.toBe(keyOf(["a,b"]));
  });
});

describe("the vocabulary", () => {
  const member = (concept_id: string) => ({ annotator: "p", concept_id, name: concept_id, n_activations: 3 });
  const group = (members: string[], change: Partial<Group> = {}): Group => ({
    name: members[0] ?? null,
    support: members.length,
    members: members.map(member),
    readings: [],
    listed_under: null,
    n_activations: 3,
    ...change,
  });
  const finer = { group: 1, relation: "finer" as const, member: member("crack"), weight: 2 };
  const groups = [
    group(["crack", "cracks"], { readings: [finer] }),
    group(["thin"], { listed_under: 0 }),
    group(["pit"]),
  ];

  test("lists what refines a word under it, and not as a word of its own", () => {
    const rows = groupRows({ groups });

    expect(rows.map(({ key }) => key)).toEqual(["crack", "thin", "pit"]);
    expect(ownRows(rows).map(({ key }) => key)).toEqual(["crack", "pit"]);
    expect(readingsOf(rows, groups[0] as Group, "finer")).toEqual([
      { concept: member("thin"), member: member("crack"), weight: 2 },
    ]);
    expect(readingsOf(rows, groups[0] as Group, "broader")).toEqual([]);
  });

  test("tells who says so from who only groups so", () => {
    const said = (name: string | null, ...names: (string | null)[]) => ({
      name,
      members: names.map((each) => ({ annotator: "a", concept_id: "c", name: each, n_activations: 1 })),
    });

    expect(saySo(said("scratch", "Scratch", "scratch "))).toBe("all say so");
    expect(saySo(said("scratch", "scratch", "Scratch", "crack"))).toBe("2 of them say so");
    expect(saySo(said("crack", "crack", "line"))).toBe("1 of them says so");
    expect(saySo(said(null, null, null))).toBe("all say so");
  });

  test("counts words that more than one annotator stands behind", () => {
    expect(shared(groupRows({ groups }))).toBe(1);
  });
});
