import { expect, test } from "vitest";
import { workersSentence } from "./workers";

const worker = {
  id: "w",
  host: "bench",
  device: "cpu",
  queues: ["cpu"],
  versions: {},
  seen_at: "2026-11-21T10:00:00.000Z",
};

test("without a worker the page says so and what to do", () => {
  const { tone, sentence } = workersSentence({ workers: [], running: false, waiting_queues: [] });

  expect(tone).toBe("wrong");
  expect(sentence).toMatch(/^No worker is running/);
  expect(sentence).toContain("glossator doctor");
});

test("steps that wait for another device are named", () => {
  const found = workersSentence({
    workers: [worker],
    running: true,
    waiting_queues: [{ queue: "gpu", steps: 3 }],
  });

  expect(found.sentence).toBe("3 steps wait for a worker with a graphics processor, and none is running.");
});

test("otherwise it says who works", () => {
  expect(workersSentence({ workers: [worker], running: true, waiting_queues: [] }).sentence).toBe(
    "1 worker at work: bench (cpu).",
  );
});
