import { Problem } from "../api/problem";
import { type Answer, post } from "./post";
import type { Pending } from "./rebase";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const MOST_AT_ONCE = 200;

/** What the sender needs of the board it sends for. */
export interface Waiting {
  /** Commands in the order of hands; empty when there is nothing to do. */
  waiting(): readonly Pending[];
  base(): number;
  /** Take in an answer; afterwards `waiting()` says what is left. */
  settle(sent: readonly Pending[], answer: Answer): Promise<void>;
  sending(): void;
  /** No answer: tried again after a pause. */
  unreachable(problem: Problem): void;
  /** Not tried again before the page says so: somebody else signed in, or the board is not theirs any more. */
  stopped(problem: Problem): void;
}

/**
 * Sends what waits, in each client's order, one request at a time, for as long as this tab holds the board's lock.
 *
 * Sequence numbers are given when sending: what was acknowledged before this tab began is learnt from the
 * service's `sequence_gap`.
 */
export class Sender {
  private readonly next = new Map<string, number>();
  private running = false;
  private current: Promise<void> = Promise.resolve();
  private again = false;
  private pause = FIRST_PAUSE_MS;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private held = false;
  /** After a gap one command at a time: `expected` counts only those that the service does not know yet. */
  private careful = false;

  constructor(
    private readonly board: string,
    private readonly page: Waiting,
    private readonly send: typeof post = post,
  ) {}

  /** Look for something to send now. */
  wake(): void {
    clearTimeout(this.timer);
    if (this.running) {
      this.again = true;
      return;
    }
    this.current = this.run();
  }

  /** Resolves when everything is sent that can be sent now. */
  idle(): Promise<void> {
    return this.current;
  }

  /** The page left, or may not send any more. */
  stop(): void {
    this.held = true;
    clearTimeout(this.timer);
  }

  private async run(): Promise<void> {
    this.running = true;
    try {
      while (!this.held) {
        this.again = false;
        const batch = run(this.page.waiting(), this.careful ? 1 : MOST_AT_ONCE);
        if (batch.length === 0) {
          if (!this.again) return;
          continue;
        }
        await this.one(batch);
      }
    } catch (error) {
      this.failed(error);
    } finally {
      this.running = false;
    }
  }

  private async one(batch: readonly Pending[]): Promise<void> {
    const client = batch[0]?.client ?? "";
    const first = this.next.get(client) ?? 1;
    this.page.sending();
    const answer = await this.send(this.board, this.page.base(), batch, first);
    this.pause = FIRST_PAUSE_MS;
    if (answer.kind === "gap") {
      this.next.set(client, answer.expected);
      this.careful = true;
      return;
    }
    if (answer.kind === "stored") {
      this.next.set(client, first + answer.results.filter((result) => !result.repeated).length);
      this.careful = false;
    }
    await this.page.settle(batch, answer);
  }

  private failed(error: unknown): void {
    if (!(error instanceof Problem)) throw error;
    const hopeless = error.code === "other_person" || [401, 403, 404, 410, 413].includes(error.status);
    if (hopeless) {
      this.page.stopped(error);
      return;
    }
    this.page.unreachable(error);
    this.timer = setTimeout(() => this.wake(), this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
  }
}

/** The first commands that one client made in a row, at most so many. */
function run(waiting: readonly Pending[], most: number): readonly Pending[] {
  const client = waiting[0]?.client;
  const end = waiting.findIndex((each) => each.client !== client);
  return waiting.slice(0, Math.min(end < 0 ? waiting.length : end, most));
}
