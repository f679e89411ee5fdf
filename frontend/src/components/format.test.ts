import { expect, test } from "vitest";
import { bytes, count, duration, fixed, many, percent, timeLeft, when } from "./format";

test("what is not defined is a dash and never a zero", () => {
  expect([count(null), fixed(null), fixed(Number.NaN), percent(undefined)]).toEqual(["–", "–", "–", "–"]);
});

test("numbers read as people write them", () => {
  expect(count(10000)).toBe("10,000");
  expect(percent(0.93391)).toBe("93.4 %");
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
