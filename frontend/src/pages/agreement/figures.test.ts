import { describe, expect, test } from "vitest";
import { aClass, aShare } from "../../testing/agreement";
import {
  ANY,
  agreementRanges,
  apartWords,
  boardNotes,
  coverageGroups,
  coverageRows,
  coverageSeries,
  namedByGroups,
  namedByLevels,
  oneSided,
} from "./figures";
import { annotatorsOf, classOf, leastAgreeingFirst, shortName } from "./round";

describe("the order of classes", () => {
  test("is by agreement, the least first, then by name, undefined last", () => {
    const classes = [aClass("d", null), aClass("c", 0.5), aClass("b", 0.5), aClass("a", 0.9)];

    expect(leastAgreeingFirst(classes).map(({ name }) => name)).toEqual(["b", "c", "a", "d"]);
  });

  test("gives the class of the link, and without one the first", () => {
    const classes = [aClass("a", 0.9), aClass("b", 0.5)];

    expect(classOf(classes, 97)?.name).toBe("a");
    expect(classOf(classes, undefined)?.name).toBe("b");
    expect(classOf(classes, 7)).toBeNull();
    expect(classOf([], 7)).toBeNull();
  });
});

describe("coverage", () => {
  test("has a bar for each annotator in order and one for any of them", () => {
    const classes = [aClass("a", 0.5)];

    expect(annotatorsOf(classes)).toEqual(["annotator-01", "annotator-02", "annotator-03"]);
    expect(coverageSeries(classes).map(({ short, tone }) => [short, tone])).toEqual([
      ["01", "grey"],
      ["02", "grey"],
      ["03", "grey"],
      ["any", "accent"],
    ]);
    expect(coverageGroups(classes, "activation")[0]?.values).toMatchObject({
      "annotator-02": { k: 8, n: 10 },
      [ANY]: { k: 9, n: 10 },
    });
    expect(coverageGroups(classes, "partial")[0]?.note).toBe("5 images");
  });

  test("leaves out classes without figures", () => {
    const empty = { ...aClass("a", 0.5), figures: null };

    expect(coverageGroups([empty], "activation")).toEqual([]);
    expect(agreementRanges([empty])).toEqual([]);
    expect(namedByLevels([])).toEqual([{ key: "0", name: "nobody" }]);
  });

  test("has a row for each annotator with what they discarded", () => {
    const rows = coverageRows([aClass("a", 0.5)]);

    expect(rows.map(({ annotator, discarded }) => [annotator, discarded?.k])).toEqual([
      ["annotator-01", 0],
      ["annotator-02", 1],
      ["annotator-03", 2],
      ["any annotator", undefined],
    ]);
  });
});

describe("named by how many", () => {
  test("adds to all maps, from nobody to everybody", () => {
    expect(namedByGroups([aClass("a", 0.5)])[0]).toMatchObject({
      n: 10,
      counts: { "0": 1, "1": 0, "2": 2, "3": 7 },
    });
    expect(namedByLevels([aClass("a", 0.5)]).map(({ name }) => name)).toEqual([
      "nobody",
      "1 annotator",
      "2 annotators",
      "3 annotators",
    ]);
  });

  test("says when nearly every decision was the same", () => {
    expect(oneSided(aShare(96, 100))).toContain("were to name");
    expect(oneSided(aShare(4, 100))).toContain("were not to name");
    expect([aShare(95, 100), aShare(5, 100), aShare(0, 0)].map(oneSided)).toEqual([null, null, null]);
  });
});

describe("agreement", () => {
  test("stands with the pairs it is of, and the maps that they have in common", () => {
    expect(agreementRanges([aClass("a", 0.5)])[0]?.note).toBe("3 pairs, 6–8 maps");
    expect(agreementRanges([{ ...aClass("a", 0.5), n_both: [] }])[0]?.note).toBe("3 pairs");
  });
});

test("what is in no figure is counted", () => {
  expect(apartWords([aClass("a", 0.5), { n_unexplained: 2, n_lost: 1 }])).toBe(
    "3 images without a significant map are in no figure. 1 map lost all of its mass: on no board.",
  );
  expect(apartWords([{ n_unexplained: 0, n_lost: 0 }])).toBe("");
});

test("what is not finished or not blind is said by class", () => {
  const boards = { boards: 5, complete: 3, not_blind: ["annotator-02"], discarded: [] };

  expect(boardNotes({ name: "a", boards })).toEqual([
    "a: 2 of 5 boards not finished.",
    "a: not blind: annotator-02.",
  ]);
  expect(boardNotes(aClass("a", 0.5))).toEqual([]);
});

test("only a pseudonym is shortened", () => {
  expect(shortName("annotator-07")).toBe("07");
  expect(shortName("Grace")).toBe("Grace");
});
