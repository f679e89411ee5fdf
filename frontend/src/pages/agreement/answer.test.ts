import { describe, expect, test } from "vitest";
import { aClass, aMatching, aPair, aRange, aShare, someConcepts } from "../../testing/agreement";
import { disputes, headline, namesOfMatched, renamings, unmatched, withoutSame } from "./answer";

describe("the answer at first sight", () => {
  test("is the class with the least agreement, one to one", () => {
    const found = headline({ classes: [aClass("a", 0.8), aClass("b", 0.41), aClass("c", 0.6)] });

    expect(found).toMatchObject({ kind: "least", agreement: 0.41, classes: 3, least: { name: "b" } });
  });

  test("leaves out classes where agreement is not defined", () => {
    expect(headline({ classes: [aClass("a", null), aClass("b", 0.9)] })).toMatchObject({
      kind: "least",
      least: { name: "b" },
      classes: 1,
    });
  });

  test("says why there is none", () => {
    expect(headline({ classes: [{ ...aClass("a", 0.5), figures: null }] })).toEqual({ kind: "nothing_yet" });
    expect(headline({ classes: [] })).toEqual({ kind: "no_board" });
    expect(headline({ classes: [aClass("a", null)] })).toEqual({ kind: "nothing_shared" });
    expect(headline({ classes: [{ ...aClass("a", null), n_both: [] }] })).toEqual({ kind: "one_annotator" });
  });

  test("is full agreement where every class has it", () => {
    expect(headline({ classes: [aClass("a", 1), aClass("b", 1)] })).toMatchObject({
      kind: "full",
      classes: 2,
    });
  });

  test("does not hide names that differ behind full agreement", () => {
    const [a, b, c] = [aClass("a", 1), aClass("b", 1), aClass("c", 1)];
    const [d1] = b.figures?.pair_summary.matchings ?? [];
    if (d1) d1.exact = aRange(0.3);
    c.matched = [{ key: "d1", judged: 0, unjudged: 9 }];

    expect(headline({ classes: [a, b, c] })).toMatchObject({ kind: "full", named: { name: "b" } });
    expect(headline({ classes: [a, c] })).toMatchObject({ kind: "full", named: { name: "c" } });
  });
});

describe("over what annotators disagree", () => {
  // crack–line 2 and hole–crack 3 lie outside the matching; hole–line is inside it.
  const weights = [
    [5, 2],
    [3, 6],
  ];
  const matching = aMatching("d1", weights, [
    [[0], [0]],
    [[1], [1]],
  ]);
  const annotators = [
    someConcepts("p", "a", [
      ["crack", 7],
      ["hole", 9],
    ]),
    someConcepts("q", "b", [
      ["Crack ", 8],
      ["line", 8],
    ]),
  ];

  test("are apart from names that only differ where concepts match", () => {
    const pair = aPair("p", "q", weights, [matching]);

    expect(renamings({ annotators, pairs: [pair] }).map(({ names, weight }) => [names, weight])).toEqual([
      [["hole", "line"], 6],
    ]);
    const [linguistic] = pair.matchings.map((each) => each.linguistic);
    if (linguistic) {
      linguistic.exact = aShare(5, 5);
      linguistic.unjudged_weight = 6;
    }
    expect(namesOfMatched([pair, pair])).toEqual({ same: 10, judged: 10, unjudged: 12 });
  });

  test("leave out what somebody judged to mean the same, in whatever order the names stand", () => {
    const found = disputes({ annotators, pairs: [aPair("p", "q", weights, [matching])] });
    const judged = (relation: "exact" | "none") => [
      { name_a: "line", name_b: "crack", judgement: { relation, judged_by: "a", judged_at: "" } },
      { name_a: "crack", name_b: "hole", judgement: null },
    ];

    expect(withoutSame(found, judged("none"))).toEqual(found);
    expect(withoutSame(found, judged("exact")).map(({ weight }) => weight)).toEqual([3]);
  });

  test("is a part of all that lies outside the matchings", () => {
    const pair = aPair("p", "q", weights, [matching]);

    expect(unmatched([pair])).toBe(5);
    expect(unmatched([pair, { ...pair, a: "r" }])).toBe(10);
    expect(unmatched([])).toBe(0);
  });

  test("are names that share maps outside the matching, most maps first", () => {
    expect(disputes({ annotators, pairs: [aPair("p", "q", weights, [matching])] })).toEqual([
      {
        names: ["Crack ", "hole"],
        weight: 3,
        pairs: 1,
        largest: { a: "p", b: "q", left: "a1", right: "b0", weight: 3 },
      },
      {
        names: ["crack", "line"],
        weight: 2,
        pairs: 1,
        largest: { a: "p", b: "q", left: "a0", right: "b1", weight: 2 },
      },
    ]);
  });

  test("are counted over all pairs, and lead to the one with most maps", () => {
    const more = [
      [5, 4],
      [0, 6],
    ];
    const third = {
      ...someConcepts("r", "b", [
        ["crack", 5],
        ["LINE", 10],
      ]),
    };
    const pairs = [
      aPair("p", "q", weights, [matching]),
      aPair("p", "r", more, [
        aMatching("d1", more, [
          [[0], [0]],
          [[1], [1]],
        ]),
      ]),
    ];

    expect(disputes({ annotators: [...annotators, third], pairs })[0]).toEqual({
      names: ["crack", "line"],
      weight: 6,
      pairs: 2,
      largest: { a: "p", b: "r", left: "a0", right: "b1", weight: 4 },
    });
  });

  test("are not two concepts of the same name, whatever case and white space", () => {
    const one = [[2, 3]];
    const twice = [
      someConcepts("p", "a", [["crack", 5]]),
      someConcepts("q", "b", [
        ["crack", 2],
        [" CRACK", 3],
      ]),
    ];

    expect(
      disputes({ annotators: twice, pairs: [aPair("p", "q", one, [aMatching("d1", one, [[[0], [1]]])])] }),
    ).toEqual([]);
  });

  test("can be with a concept without a name", () => {
    const one = [[2, 3]];
    const odd = [
      someConcepts("p", "a", [["crack", 5]]),
      someConcepts("q", "b", [
        [null, 2],
        ["crack", 3],
      ]),
    ];

    const [found] = disputes({
      annotators: odd,
      pairs: [aPair("p", "q", one, [aMatching("d1", one, [[[0], [1]]])])],
    });

    expect(found?.names).toEqual(["a concept without a name", "crack"]);
  });
});
