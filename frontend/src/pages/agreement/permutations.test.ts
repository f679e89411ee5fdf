import { expect, test } from "vitest";
import type { Permutation } from "../../api/agreement";
import { aClass, aMatchingRange } from "../../testing/agreement";
import { chanceWords, ofMatchings, ofPurity, permutationsWords } from "./permutations";

const baseline = (n: number, change: Partial<Permutation> = {}): Permutation => ({
  n,
  mean: 0.5,
  sd: 0.1,
  q95: 0.6,
  p: 0.0001,
  p_holm: null,
  corrected: 0.2,
  reason: null,
  ...change,
});

test("the number of permutations is that of the figures, which may differ by class", () => {
  const summary = aClass("a", 0.5).figures?.pair_summary as never as Record<string, unknown>;
  const withChance = (name: string, n: number) =>
    aClass(name, 0.5, {
      pair_summary: {
        ...summary,
        matchings: [{ ...aMatchingRange("d1", 0.5), permutation: baseline(n) }],
      } as never,
    });

  const words = (...classes: ReturnType<typeof aClass>[]) => permutationsWords(ofMatchings(classes));
  expect(words(withChance("a", 50))).toBe("50 permutations");
  expect(words(withChance("a", 200), withChance("b", 50), aClass("c", 0.5))).toBe("50 or 200 permutations");
  expect(words(aClass("a", 0.5))).toBe("");
});

test("that of a purity is taken from its annotators", () => {
  const found = aClass("a", 0.5);
  for (const each of found.figures?.annotators ?? []) each.cx_purity_permutation = baseline(200);

  expect(permutationsWords(ofPurity([found], "cx"))).toBe("200 permutations");
  expect(permutationsWords(ofPurity([found], "xc"))).toBe("");
});

test("with several pairs p is the one corrected for their number", () => {
  expect(chanceWords(baseline(200))).toBe("chance 0.50, p < 0.001");
  expect(chanceWords(baseline(200, { p: 0.01, p_holm: 0.1 }))).toBe("chance 0.50, p 0.100 (Holm)");
  expect(chanceWords(baseline(200, { mean: null, p: null, reason: "only bounded" }))).toBe(
    "chance: only bounded",
  );
  expect(chanceWords(null)).toBe("");
});
