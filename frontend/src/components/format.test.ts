import { expect, test } from "vitest";
import { bytes, count, duration, fixed, many, percent, pText, rounded, timeLeft, when } from "./format";

test("what is not defined is a dash and never a zero", () => {
  expect([count(null), fixed(null), fixed(Number.NaN), percent(undefined)]).toEqual(["–", "–", "–", "–"]);
});

test("numbers read as people write them", () => {
  expect(count(10000)).toBe("10,000");
  expect(percent(0.93391)).toBe("93.4\u00a0%");
  expect(many(1, "image")).toBe("1 image");
  expect(many(2, "class", "classes")).toBe("2 classes");
  expect(bytes(9_400_540)).toBe("9.4 MB");
});

test("time left is said roughly, and not at all while nobody knows", () => {
  expect(timeLeft(null)).toBe("");
  expect(timeLeft(4)).toBe("a few seconds left");
  expect(timeLeft(41)).toBe("about 50 s left");
  expect(timeLeft(370)).toBe("about 6 min left");
  expect(timeLeft(7300)).toBe("about 2 h 2 min left");
});

test("how long something took", () => {
  expect([duration(0.2), duration(59), duration(61), duration(3700)]).toEqual([
    "1 s",
    "59 s",
    "1 min 1 s",
    "1 h 2 min",
  ]);
});

test("moments are said from now, then by their date", () => {
  const now = new Date("2026-11-21T12:00:00");

  expect(when("2026-11-21T11:59:30", now)).toBe("just now");
  expect(when("2026-11-21T11:15:00", now)).toBe("45 min ago");
  expect(when("2026-11-21T09:05:00", now)).toBe("today, 09:05");
  expect(when("2026-11-19T09:05:00", now)).toBe("19 Nov 2026");
});

test("a number is rounded as Python rounds the same double, ties to the even digit", () => {
  // format(value, f".{digits}f") of Python 3.11, one string for each number of digits from 0.
  const printed: readonly (readonly [number, readonly string[]])[] = [
    [0.125, ["0", "0.1", "0.12", "0.125"]],
    [0.375, ["0", "0.4", "0.38", "0.375"]],
    [0.625, ["1", "0.6", "0.62", "0.625"]],
    [0.875, ["1", "0.9", "0.88", "0.875"]],
    [0.0625, ["0", "0.1", "0.06", "0.062"]],
    [0.3125, ["0", "0.3", "0.31", "0.312"]],
    [0.1 + 0.2, ["0", "0.3", "0.30", "0.300"]],
    [0.005, ["0", "0.0", "0.01", "0.005"]],
    [0.015, ["0", "0.0", "0.01", "0.015"]],
    [1.005, ["1", "1.0", "1.00", "1.005"]],
    [2.675, ["3", "2.7", "2.67", "2.675"]],
    [0.5, ["0", "0.5", "0.50", "0.500"]],
    [1.5, ["2", "1.5", "1.50", "1.500"]],
    [2.5, ["2", "2.5", "2.50", "2.500"]],
    [12345.675, ["12346", "12345.7", "12345.67", "12345.675"]],
    [-0.125, ["-0", "-0.1", "-0.12", "-0.125"]],
    [-0.375, ["-0", "-0.4", "-0.38", "-0.375"]],
    [2 / 3, ["1", "0.7", "0.67", "0.667"]],
  ];
  for (const [value, texts] of printed) {
    expect(
      texts.map((_, digits) => rounded(value, digits)),
      String(value),
    ).toEqual(texts);
  }
  expect([fixed(0.625), fixed(-0.375), percent(0.625, 0), percent(0.0625)]).toEqual([
    "0.62",
    "−0.38",
    "62\u00a0%",
    "6.2\u00a0%",
  ]);
});

test("a p is never 0 and never 1", () => {
  expect([0, 0.0009999, 0.001, 0.00496, 0.0625, 0.9994, 0.9996, 1].map(pText)).toEqual([
    "< 0.001",
    "< 0.001",
    "0.001",
    "0.005",
    "0.062",
    "0.999",
    "> 0.999",
    "> 0.999",
  ]);
  expect([pText(null), pText(Number.NaN)]).toEqual(["–", "–"]);
});
