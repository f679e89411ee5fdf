import { useEffect, useRef } from "react";
import { useSignInLayer } from "../app/signInLayer";

/** What the service said about a topic: `state` replaces everything known, every other kind is the news itself. */
export interface LiveEvent {
  readonly kind: string;
  readonly topic: string;
  readonly data: unknown;
}

type Listener = (event: LiveEvent) => void;

/** The part of `EventSource` that is used here. */
export interface Source {
  readonly readyState: number;
  onopen: ((event: Event) => void) | null;
  onerror: ((event: Event) => void) | null;
  addEventListener(kind: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

const KINDS = ["state", "job", "jobs", "board", "agreement", "study", "worker", "workers"];
const CLOSED = 2;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * One stream of server-sent events for everything this tab follows.
 *
 * Browsers allow only a few connections to one host, so all topics share one; the set may change at any time. The
 * browser reconnects by itself after a lost connection, this class after a refused one, with growing pauses. Every
 * connection begins with the whole state of each topic, so nothing is ever replayed or missed.
 */
export class LiveHub {
  private readonly listeners = new Map<string, Set<Listener>>();
  private source: Source | null = null;
  private connected = "";
  private pause = FIRST_PAUSE_MS;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly open: (url: string) => Source = (url) => new EventSource(url),
    private readonly signIn: () => Promise<unknown> = () => useSignInLayer.getState().ask(),
  ) {}

  /** Follow a topic until the returned function is called. */
  follow(topic: string, listener: Listener): () => void {
    const known = this.listeners.get(topic) ?? new Set();
    known.add(listener);
    this.listeners.set(topic, known);
    this.schedule(0);
    return () => {
      known.delete(listener);
      if (known.size === 0 && this.listeners.get(topic) === known) this.listeners.delete(topic);
      this.schedule(0);
    };
  }

  private schedule(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), delay);
  }

  private connect(): void {
    const topics = [...this.listeners.keys()].sort().join(",");
    if (topics === this.connected && this.source && this.source.readyState !== CLOSED) return;
    this.source?.close();
    this.source = null;
    this.connected = topics;
    if (!topics) return;
    const source = this.open(`/api/events?topics=${encodeURIComponent(topics)}`);
    this.source = source;
    source.onopen = () => {
      this.pause = FIRST_PAUSE_MS;
    };
    source.onerror = () => {
      if (source !== this.source || source.readyState !== CLOSED) return;
      this.schedule(this.pause);
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
    };
    for (const kind of KINDS) source.addEventListener(kind, (event) => this.deliver(kind, event.data));
    source.addEventListener("gone", (event) => this.gone(source, event.data));
  }

  private deliver(kind: string, text: string): void {
    const data = JSON.parse(text) as Record<string, unknown>;
    if (kind === "state") {
      this.tell({ kind, topic: String(data.topic), data: data.state });
      return;
    }
    const topic = typeof data.topic === "string" ? data.topic : topicOf(kind, data);
    this.tell({ kind, topic, data });
  }

  private tell(event: LiveEvent): void {
    for (const listener of [...(this.listeners.get(event.topic) ?? [])]) listener(event);
  }

  private async gone(source: Source, text: string): Promise<void> {
    source.close();
    if (source !== this.source) return;
    this.source = null;
    const { code } = JSON.parse(text) as { code?: string };
    if (code !== "not_signed_in") return;
    await this.signIn();
    this.schedule(0);
  }
}

function topicOf(kind: string, data: Record<string, unknown>): string {
  const id = data.id ?? data.project_id;
  return typeof id === "string" ? `${kind}:${id}` : kind;
}

export const liveHub = new LiveHub();

/** Follow topics while a component is on the page. */
export function useLive(topics: readonly string[], listener: Listener, hub: LiveHub = liveHub): void {
  const latest = useRef(listener);
  latest.current = listener;
  const key = topics.join(",");
  useEffect(() => {
    const leave = key
      .split(",")
      .filter(Boolean)
      .map((topic) => hub.follow(topic, (event) => latest.current(event)));
    return () => {
      for (const each of leave) each();
    };
  }, [key, hub]);
}
