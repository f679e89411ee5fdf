import { describe, expect, it } from "vitest";
import { paceNote, paceOf, paceText, type Sample } from "./pace";

/** A gesture each `seconds`, of `maps` maps each. */
function steady(gestures: number, seconds: number, maps: number, from = { at: 0, placed: 0 }): Sample[] {
  return Array.from({ length: gestures + 1 }, (_, turn) => ({
    at: from.at + turn * seconds * 1000,
    placed: from.placed + turn * maps,
  }));
}

describe("the pace of a sitting", () => {
  it("is not told before there is enough to say", () => {
    expect(paceOf([], 100)).toBeNull();
    expect(paceOf(steady(4, 10, 5), 100)).toBeNull(); // gestures
    expect(paceOf(steady(7, 10, 1), 100)).toBeNull(); // maps
    expect(paceOf(steady(9, 2, 1), 100)).toBeNull(); // seconds
    expect(paceOf(steady(9, 10, 1), 100)).not.toBeNull();
  });

  it("is maps in time: ten a minute leave six minutes for sixty", () => {
    expect(paceOf(steady(6, 30, 5), 60)).toEqual({ perMinute: 10, minutesLeft: 6 });
  });

  it("does not count a pause as work, nor the gesture that ended it", () => {
    const morning = steady(5, 30, 5);
    const afternoon = steady(5, 30, 5, { at: 4 * 3600_000, placed: 90 });

    expect(paceOf([...morning, ...afternoon], 60)?.perMinute).toBe(10);
  });

  it("follows the last ten minutes of work", () => {
    const slow = steady(60, 60, 1);
    const quick = steady(60, 10, 2, { at: 3600_000 + 10_000, placed: 62 });

    expect(paceOf([...slow, ...quick], 12)?.perMinute).toBe(12);
  });

  it("counts what was taken back as not placed", () => {
    const samples = [...steady(8, 10, 2), { at: 90_000, placed: 6 }];

    expect(paceOf(samples, 10)).toBeNull();
  });

  it("is said as one would say it", () => {
    const left = (minutesLeft: number) => paceText({ perMinute: 8, minutesLeft });

    expect(paceText(null)).toBe("");
    expect(left(0)).toBe("");
    expect(left(0.4)).toBe("less than a minute left at your pace");
    expect(left(1.2)).toBe("about 1 minute left at your pace");
    expect(left(12.4)).toBe("about 12 minutes left at your pace");
    expect(left(200)).toBe("about 3 hours left at your pace");
    expect(paceNote({ perMinute: 7.6, minutesLeft: 3 })).toBe(
      "8 maps a minute in this sitting; pauses do not count",
    );
  });
});
