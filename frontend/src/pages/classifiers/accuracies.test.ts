import { expect, test } from "vitest";
import type { Accuracy } from "../../api/types";
import { believed } from "./Accuracies";

const row: Accuracy = {
  name: "crack",
  n: 12,
  k: 4,
  value: 0.33,
  low: 0.14,
  high: 0.61,
  groups: 3,
  group_low: 0.1,
  group_high: 0.9,
};

test("the interval over groups stands where there is one, else that over images", () => {
  expect(believed(row)).toEqual({ low: 0.1, high: 0.9 });
  expect(believed({ ...row, group_low: null, group_high: null })).toEqual({ low: 0.14, high: 0.61 });
});

test("groups that are all wrong say nothing about the width, so the images do", () => {
  expect(believed({ ...row, value: 0, low: 0, high: 0.18, group_low: 0, group_high: 0 })).toEqual({
    low: 0,
    high: 0.18,
  });
});
