/** Tabs of one person at one board: which of them sends, and how they tell each other that something happened. */

/** Run `lead` in one tab at a time; it starts when no other tab leads any more. Returns how to step down. */
export function leadWhenFree(name: string, lead: () => void): () => void {
  let leave: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const waiting = new AbortController();
  if (!navigator.locks) {
    // Pages without TLS have no locks: every tab sends, and the service answers repeated commands as before.
    lead();
    return () => undefined;
  }
  navigator.locks
    .request(name, { signal: waiting.signal }, () => {
      lead();
      return held;
    })
    .catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
    });
  return () => {
    waiting.abort();
    leave();
  };
}

/** `added`: the outbox has more; `settled`: the service acknowledged, or commands were put aside. */
export type Word = "added" | "settled";

export interface Neighbours {
  tell(word: Word): void;
  close(): void;
}

export function neighbours(name: string, hear: (word: Word) => void): Neighbours {
  if (typeof BroadcastChannel === "undefined") return { tell: () => undefined, close: () => undefined };
  const channel = new BroadcastChannel(name);
  channel.onmessage = (event: MessageEvent<Word>) => hear(event.data);
  let open = true;
  return {
    tell: (word) => {
      if (open) channel.postMessage(word);
    },
    close: () => {
      open = false;
      channel.close();
    },
  };
}
