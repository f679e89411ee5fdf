import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type LiveEvent, LiveHub, type Source } from "./events";

class FakeSource implements Source {
  readyState = 1;
  onopen: Source["onopen"] = null;
  onerror: Source["onerror"] = null;
  private readonly listeners = new Map<string, (event: MessageEvent<string>) => void>();

  constructor(readonly url: string) {}

  addEventListener(kind: string, listener: (event: MessageEvent<string>) => void) {
    this.listeners.set(kind, listener);
  }

  close() {
    this.readyState = 2;
  }

  say(kind: string, data: unknown) {
    this.listeners.get(kind)?.(new MessageEvent(kind, { data: JSON.stringify(data) }));
  }

  refuse() {
    this.readyState = 2;
    this.onerror?.(new Event("error"));
  }
}

let sources: FakeSource[] = [];
const signIn = vi.fn(async () => "same");
const makeHub = () =>
  new LiveHub((url) => {
    const source = new FakeSource(url);
    sources.push(source);
    return source;
  }, signIn);
const latest = () => sources.at(-1) as FakeSource;

beforeEach(() => {
  sources = [];
  signIn.mockClear();
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("all topics of a page share one connection", () => {
  const hub = makeHub();

  hub.follow("workers", () => undefined);
  hub.follow("job:a", () => undefined);
  vi.runAllTimers();

  expect(sources.map((source) => decodeURIComponent(source.url))).toEqual([
    "/api/events?topics=job:a,workers",
  ]);
});

test("a state and the news after it reach those who follow that topic alone", () => {
  const hub = makeHub();
  const heard: LiveEvent[] = [];
  const others: LiveEvent[] = [];
  hub.follow("job:a", (event) => heard.push(event));
  hub.follow("job:b", (event) => others.push(event));
  vi.runAllTimers();

  latest().say("state", { topic: "job:a", state: { id: "a", done: 0.1 } });
  latest().say("job", { id: "a", done: 0.2 });

  expect(heard).toEqual([
    { kind: "state", topic: "job:a", data: { id: "a", done: 0.1 } },
    { kind: "job", topic: "job:a", data: { id: "a", done: 0.2 } },
  ]);
  expect(others).toEqual([]);
});

test("news of a project's jobs and of the workers find their topics", () => {
  const hub = makeHub();
  const heard: string[] = [];
  hub.follow("jobs:p", (event) => heard.push(event.topic));
  hub.follow("workers", (event) => heard.push(event.topic));
  vi.runAllTimers();

  latest().say("jobs", { project_id: "p", jobs: [] });
  latest().say("workers", { workers: [], running: false, waiting_queues: [] });

  expect(heard).toEqual(["jobs:p", "workers"]);
});

test("a refused connection is tried again with growing pauses", () => {
  const hub = makeHub();
  hub.follow("workers", () => undefined);
  vi.runAllTimers();

  latest().refuse();
  vi.advanceTimersByTime(499);
  expect(sources).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(sources).toHaveLength(2);
  latest().refuse();
  vi.advanceTimersByTime(999);
  expect(sources).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(sources).toHaveLength(3);
});

test("a session that ended asks for a sign-in and then connects again", async () => {
  const hub = makeHub();
  hub.follow("workers", () => undefined);
  vi.runAllTimers();

  latest().say("gone", { code: "not_signed_in" });
  await vi.runAllTimersAsync();

  expect(signIn).toHaveBeenCalledTimes(1);
  expect(sources).toHaveLength(2);
});

test("a topic that may not be seen any more is left alone", async () => {
  const hub = makeHub();
  hub.follow("job:a", () => undefined);
  vi.runAllTimers();

  latest().say("gone", { code: "not_found" });
  await vi.runAllTimersAsync();

  expect(signIn).not.toHaveBeenCalled();
  expect(sources).toHaveLength(1);
});

test("nothing is connected once nobody follows anything", () => {
  const hub = makeHub();
  const leave = hub.follow("workers", () => undefined);
  vi.runAllTimers();

  leave();
  vi.runAllTimers();

  expect(latest().readyState).toBe(2);
  expect(sources).toHaveLength(1);
});
