import { describe, expect, test } from "vitest";
import {
  AT_FIRST,
  ago,
  asksIn,
  type Freshness,
  freshness,
  freshnessLine,
  type News,
  PAUSE_MS,
} from "./freshness";

const NOW = Date.parse("2026-11-21T12:00:00.000Z");
const past = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();
const fresh = (seconds: number) => ({ state: "fresh" as const, computed_at: past(seconds) });
const stale = (seconds: number) => ({ state: "stale" as const, computed_at: past(seconds) });
const withoutChance = (seconds: number) => ({
  state: "without_chance" as const,
  computed_at: past(seconds),
});
const missing = { state: "missing" as const, computed_at: null };
const READ: News = { kind: "read", job: null };
const told = (...news: News[]): Freshness => news.reduce(freshness, AT_FIRST);
const ended = (state: "finished" | "failed" | "cancelled", error: string | null = null): News => ({
  kind: "ended",
  job: { id: "j", state, error },
});

describe("asking for figures", () => {
  test("what is missing or stale is asked for at once when the page opens", () => {
    expect(asksIn(AT_FIRST, [fresh(5), missing], NOW)).toBe(0);
    expect(asksIn(AT_FIRST, [stale(5)], NOW)).toBe(0);
    expect(asksIn(AT_FIRST, [fresh(5), fresh(50)], NOW)).toBeNull();
  });

  test("nothing is asked for while an answer is awaited, nor at once while a job computes it", () => {
    const asking = told({ kind: "asking", at: NOW });

    expect(asksIn(asking, [missing], NOW + PAUSE_MS)).toBeNull();
    expect(asksIn(freshness(asking, { kind: "answered", job: "j" }), [missing], NOW)).toBe(PAUSE_MS);
    expect(asksIn(told({ kind: "read", job: "of somebody else" }), [missing], NOW)).toBe(PAUSE_MS);
  });

  test("levels of chance follow the figures without a pause, once", () => {
    const figures = told(
      { kind: "asking", at: NOW },
      { kind: "answered", job: "j" },
      ended("finished"),
      READ,
    );
    const asked = freshness(freshness(figures, { kind: "asking", at: NOW + 2000 }), {
      kind: "answered",
      job: "chance",
    });

    expect(asksIn(figures, [fresh(1), withoutChance(1)], NOW + 2000)).toBe(0);
    expect(asksIn(asked, [withoutChance(1)], NOW + 2000)).toBeNull();
  });

  test("what people change while levels of chance are computed is asked for beside it", () => {
    const chance = told({ kind: "asking", at: NOW }, { kind: "answered", job: "chance" });

    expect(asksIn(chance, [stale(3), withoutChance(9)], NOW + 5_000)).toBe(PAUSE_MS - 5_000);
  });

  test("when people go on naming it is asked for again, at most every fifteen seconds", () => {
    const done = told({ kind: "asking", at: NOW }, { kind: "answered", job: "j" }, ended("finished"), READ);

    expect(asksIn(done, [stale(1)], NOW + 4_000)).toBe(PAUSE_MS - 4_000);
    expect(asksIn(done, [stale(1)], NOW + 2 * PAUSE_MS)).toBe(0);
  });

  test("after a failure only a hand asks again", () => {
    const failed = told({ kind: "read", job: "j" }, ended("failed", "The worker died three times."));

    expect(failed.failure).toBe("The worker died three times.");
    expect(asksIn(failed, [stale(1)], NOW + 2 * PAUSE_MS)).toBeNull();
    expect(freshness(failed, { kind: "asking", at: NOW }).failure).toBeNull();
    expect(told({ kind: "read", job: "j" }, ended("cancelled")).failure).toContain("cancelled");
  });

  test("a refused question is told and not repeated", () => {
    const refused = told({ kind: "asking", at: NOW }, { kind: "refused", sentence: "No." });

    expect(refused).toMatchObject({ job: null, asking: false, askedAt: NOW, failure: "No." });
    expect(asksIn(refused, [missing], NOW + PAUSE_MS)).toBeNull();
  });

  test("what was read before a job ended is no reason to ask", () => {
    const done = told({ kind: "read", job: "j" }, ended("finished"));

    expect(asksIn(done, [withoutChance(1)], NOW)).toBeNull();
    expect(asksIn(freshness(done, READ), [withoutChance(1)], NOW)).toBe(0);
  });

  test("the end of another job changes nothing, and a read without a job forgets none", () => {
    const running = told({ kind: "read", job: "other" });

    expect(freshness(running, ended("failed"))).toBe(running);
    expect(freshness(running, { kind: "read", job: null })).toBe(running);
  });

  test("other figures begin anew", () => {
    expect(told({ kind: "asking", at: NOW }, { kind: "other" })).toEqual(AT_FIRST);
  });
});

describe("how old figures are", () => {
  test("is said in the unit a person would use", () => {
    expect(ago(past(1), NOW)).toBe("1 second ago");
    expect(ago(past(59), NOW)).toBe("59 seconds ago");
    expect(ago(past(180), NOW)).toBe("3 minutes ago");
    expect(ago(past(7300), NOW)).toBe("2 hours ago");
    expect(ago(past(90_000), NOW)).toBe("1 day ago");
    expect(ago(past(-30), NOW)).toBe("0 seconds ago");
  });

  test("is that of the oldest, with what is done about it", () => {
    expect(freshnessLine([fresh(5), stale(12), stale(9)], true, NOW)).toBe(
      "Figures of 12 seconds ago; 2 classes are being computed again",
    );
    expect(freshnessLine([stale(12), missing], true, NOW)).toBe(
      "Figures of 12 seconds ago; 1 class is being computed again, 1 class is being computed",
    );
    expect(freshnessLine([missing, missing], true, NOW)).toBe("No figures yet; 2 classes are being computed");
    expect(freshnessLine([stale(12)], false, NOW)).toBe("Figures of 12 seconds ago; 1 class is out of date");
    expect(freshnessLine([fresh(30), withoutChance(12)], true, NOW)).toBe(
      "Figures of 30 seconds ago; levels of chance are being computed",
    );
    expect(freshnessLine([fresh(12)], false, NOW)).toBe(
      "Figures of 12 seconds ago; nothing has changed since",
    );
  });
});
