import { expect, test } from "vitest";
import { aJob } from "../testing/things";
import { lineOf, resultPath, stateOf, withJob, withNewest, withOlder } from "./state";

test("a job that was asked to stop says so until it has", () => {
  expect(stateOf(aJob({ state: "running", cancel_requested: true })).word).toBe("Stopping");
  expect(stateOf(aJob({ state: "cancelled", cancel_requested: true })).word).toBe("Cancelled");
});

test("a running job says what it does and how long that takes", () => {
  expect(lineOf(aJob({ state: "running", message: "reading pictures", seconds_left: 42 }))).toBe(
    "reading pictures · about 50 s left",
  );
  expect(lineOf(aJob({ state: "running", message: "planning", seconds_left: null }))).toBe("planning");
});

test("a failed job says what is kept", () => {
  const steps = { waiting: 2, running: 0, finished: 7, failed: 1 };

  expect(lineOf(aJob({ state: "failed", steps }))).toBe("7 of 10 steps are done and kept");
});

test("a finished job says how long it took and leads to what it made", () => {
  const job = aJob({
    state: "finished",
    started_at: "2026-11-21T10:00:00.000Z",
    finished_at: "2026-11-21T10:01:05.000Z",
    result: { kind: "run", id: "r" },
  });

  expect(lineOf(job)).toBe("Took 1 min 5 s");
  expect(resultPath(job)).toEqual({ to: "/runs/r", label: "Open the run" });
  expect(resultPath(aJob({ result: null }))).toBeNull();
});

test("news replace a job in its place, and a new one stands first", () => {
  const page = { items: [aJob({ id: "b" }), aJob({ id: "a" })], next: "more" };

  expect(withJob(page, aJob({ id: "a", done: 0.5 }))?.items.map((job) => [job.id, job.done])).toEqual([
    ["b", 0],
    ["a", 0.5],
  ]);
  expect(withJob(page, aJob({ id: "c" }))?.items.map((job) => job.id)).toEqual(["c", "b", "a"]);
  expect(withJob(undefined, aJob({}))).toBeUndefined();
});

test("the newest jobs replace what was known of them, and older ones stay", () => {
  const page = { items: [aJob({ id: "b" }), aJob({ id: "a" })], next: null };

  const found = withNewest(page, [aJob({ id: "c" }), aJob({ id: "b", state: "finished" })]);

  expect(found?.items.map((job) => [job.id, job.state])).toEqual([
    ["c", "waiting"],
    ["b", "finished"],
    ["a", "waiting"],
  ]);
});

test("older jobs stand behind the known ones, each once, and say where yet older ones begin", () => {
  const page = { items: [aJob({ id: "c" }), aJob({ id: "b", state: "running" })], next: "b" };

  const found = withOlder(page, { items: [aJob({ id: "b" }), aJob({ id: "a" })], next: null });

  expect(found.items.map((job) => [job.id, job.state])).toEqual([
    ["c", "waiting"],
    ["b", "running"],
    ["a", "waiting"],
  ]);
  expect(found.next).toBeNull();
});
