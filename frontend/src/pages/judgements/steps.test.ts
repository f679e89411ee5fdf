import { expect, test } from "vitest";
import type { NamePair } from "../../api/types";
import { NO_STEPS, type Sent, type Step, type StepEvent, steps } from "./steps";

const step = (id: number): Step => ({
  id,
  pair: { id: `pair ${id}` } as NamePair,
  relation: "exact",
  before: null,
});
const said = (id: number): Sent => ({ step: step(id), back: false });
const back = (id: number): Sent => ({ step: step(id), back: true });
const sent = (of: Sent): StepEvent => ({ kind: "sent", sent: of });
const refused = (of: Sent): StepEvent => ({ kind: "refused", sent: of, error: "no" });
const after = (...events: StepEvent[]) => {
  const { done, error } = events.reduce(steps, NO_STEPS);
  return { done: done.map((each) => each.id), error };
};

test("what was said stands, the last one last, until it is taken back", () => {
  expect(after(sent(said(1)), sent(said(2)))).toEqual({ done: [1, 2], error: null });
  expect(after(sent(said(1)), sent(said(2)), sent(back(2)))).toEqual({ done: [1], error: null });
});

test("what the service refused was never said, and is not offered to be taken back", () => {
  expect(after(sent(said(1)), sent(said(2)), refused(said(1)))).toEqual({ done: [2], error: "no" });
});

test("where taking back was refused the step still stands, in its place", () => {
  const events = [sent(said(1)), sent(said(2)), sent(back(2)), sent(said(3)), refused(back(2))];

  expect(after(...events)).toEqual({ done: [1, 2, 3], error: "no" });
});

test("why something was refused is told until the next step", () => {
  expect(after(sent(said(1)), refused(said(1)), sent(said(2)))).toEqual({ done: [2], error: null });
});
