import { describe, expect, it } from "vitest";
import { minutesLeft, minutesText } from "./pace";

describe("how long is left", () => {
  it("says nothing before it can tell", () => {
    expect(minutesLeft([], 100)).toBeNull();
    expect(
      minutesLeft(
        [
          { at: 0, placed: 0 },
          { at: 1000, placed: 7 },
        ],
        100,
      ),
    ).toBeNull();
  });

  it("goes on at the pace of this sitting", () => {
    const samples = [0, 1, 2, 3].map((turn) => ({ at: turn * 30_000, placed: turn * 5 }));
    expect(minutesLeft(samples, 60)).toBeCloseTo(6);
  });

  it("counts a long pause as ninety seconds", () => {
    const samples = [
      { at: 0, placed: 0 },
      { at: 30_000, placed: 10 },
      { at: 400_000, placed: 20 },
    ];
    expect(minutesLeft(samples, 10)).toBeCloseTo(1);
  });

  it("is said as one would say it", () => {
    expect(minutesText(null)).toBe("");
    expect(minutesText(0.4)).toBe("less than a minute left");
    expect(minutesText(5.6)).toBe("about 6 min left");
  });
});
