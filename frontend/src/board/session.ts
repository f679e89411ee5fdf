import { createStore, type StoreApi } from "zustand/vanilla";
import { newId } from "../api/ids";
import { Problem } from "../api/problem";
import type { Body, Command } from "./commands";
import type { Kept, Outbox } from "./outbox";
import type { Answer } from "./post";
import { advance, fold, type Pending, type Stranded } from "./rebase";
import { Refused, reduce } from "./reducer";
import { Sender } from "./sender";
import type { State } from "./state";
import { leadWhenFree, type Neighbours, neighbours } from "./tabs";
import { type BoardContent, type BoardState, imagesOf, stateOf } from "./wire";

const SEND_AFTER_MS = 30;

export type Saved =
  | { kind: "saved" }
  | { kind: "saving" }
  | { kind: "offline" }
  | { kind: "stopped"; sentence: string; other: boolean }
  | { kind: "unkept" };

/** What the page shows of a board. */
export interface Shown {
  /** The confirmed board with everything that waits on top. */
  readonly state: State;
  readonly waiting: number;
  readonly saved: Saved;
  readonly questions: readonly Stranded[];
  /** Different images per concept, as the service counted last. */
  readonly images: Readonly<Record<string, number>>;
}

export interface Service {
  read(board: string): Promise<BoardState>;
  after(
    board: string,
    version: number,
  ): Promise<{ commands?: readonly unknown[] | null; state?: BoardContent | null }>;
}

interface Parts {
  board: BoardState;
  account: { id: string; name: string };
  outbox: Outbox;
  service: Service;
  /** Told what an undo left alone, or that a gesture could not be done. */
  say: (sentence: string) => void;
}

/**
 * One tab at one board: gestures go into the outbox, then onto the screen, then to the service.
 *
 * Everything that changes the board is queued, so that two quick gestures never see the same state.
 */
export class BoardSession {
  readonly store: StoreApi<Shown>;
  readonly client = newId();
  private confirmed: State;
  private pending: readonly Pending[] = [];
  private unkept: Pending[] = [];
  private queue: Promise<unknown> = Promise.resolve();
  private readonly sender: Sender;
  private readonly talk: Neighbours;
  private readonly stepDown: () => void;
  private leading = false;
  private soon: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parts: Parts) {
    const maps = parts.board.maps.map(([id]) => id as string);
    this.confirmed = stateOf(parts.board, maps);
    this.store = createStore<Shown>(() => ({
      state: this.confirmed,
      waiting: 0,
      saved: { kind: "saved" },
      questions: [],
      images: imagesOf(parts.board),
    }));
    this.sender = new Sender(parts.board.id, {
      waiting: () => this.pending,
      base: () => this.confirmed.version,
      settle: (sent, answer) => this.enqueue(() => this.settle(sent, answer)),
      sending: () => this.say({ kind: "saving" }),
      unreachable: () => this.say({ kind: "offline" }),
      stopped: (problem) => this.stopped(problem),
    });
    const name = `glossator:${parts.account.id}:${parts.board.id}`;
    this.talk = neighbours(name, (word) => void this.heard(word));
    this.stepDown = leadWhenFree(name, () => {
      this.leading = true;
      void this.reread();
    });
    globalThis.addEventListener?.("online", this.wake);
    void this.reread();
  }

  /** The person goes elsewhere: the last gestures are sent first, or stay on this device. */
  async leave(): Promise<void> {
    await this.queue;
    this.wake();
    await this.sender.idle();
    this.close();
  }

  close(): void {
    clearTimeout(this.soon);
    this.sender.stop();
    this.stepDown();
    this.talk.close();
    globalThis.removeEventListener?.("online", this.wake);
  }

  /**
   * Do a gesture: `make` sees the board as it stands and says which commands it means (none: nothing happens).
   * Resolves once the commands are kept and shown.
   */
  dispatch(make: (state: State) => readonly Body[]): Promise<void> {
    return this.enqueue(async () => {
      const before = this.store.getState().state;
      const commands = make(before).map((body): Command => ({ ...body, command_id: newId() }));
      if (commands.length === 0) return;
      const at = new Date().toISOString();
      let state = before;
      for (const command of commands) {
        try {
          const step = reduce(state, command);
          state = step.state;
          this.tellLeftAlone(command, step.leftAlone.length, step.applied);
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          this.parts.say(error.message);
          return;
        }
      }
      const made = commands.map((command): Pending => ({ command, client: this.client, at }));
      await this.keep(made);
      this.pending = [...this.pending, ...made];
      this.store.setState({ state, waiting: this.pending.length });
      const { saved } = this.store.getState();
      this.say(saved.kind === "saved" ? { kind: "saving" } : saved);
      this.talk.tell("added");
      this.sendSoon();
    });
  }

  /** Answer a question: `again` are commands to do instead; the stranded one is forgotten. */
  async answer(question: Stranded, again: (state: State) => readonly Body[]): Promise<void> {
    await this.dispatch(again);
    await this.enqueue(async () => {
      const id = question.pending.command.command_id;
      await this.parts.outbox.remove([id]).catch(() => undefined);
      this.store.setState(({ questions }) => ({
        questions: questions.filter((each) => each.pending.command.command_id !== id),
      }));
    });
  }

  /** Something changed elsewhere: read what this tab does not know yet. */
  catchUp(): Promise<void> {
    return this.enqueue(() => this.readAfter());
  }

  /** After a sign-in over the page, or when the person asks to try again. */
  readonly wake = (): void => {
    if (this.leading) this.sender.wake();
  };

  /** What was done is on the screen before a body of thousands of ids is made of it. */
  private sendSoon(): void {
    this.soon ??= setTimeout(() => {
      this.soon = undefined;
      this.wake();
    }, SEND_AFTER_MS);
  }

  private enqueue<T>(act: () => Promise<T>): Promise<T> {
    const next = this.queue.then(act, act);
    this.queue = next.catch(() => undefined);
    return next;
  }

  private say(saved: Saved): void {
    this.store.setState({ saved: this.unkept.length > 0 ? { kind: "unkept" } : saved });
  }

  private async keep(made: readonly Pending[]): Promise<void> {
    const { account, board } = this.parts;
    const entries = made.map(
      (each): Kept => ({
        account: account.id,
        accountName: account.name,
        board: board.id,
        client: each.client,
        at: each.at,
        command: each.command,
        held: false,
      }),
    );
    try {
      await this.parts.outbox.add(entries);
    } catch {
      this.unkept.push(...made);
    }
  }

  private tellLeftAlone(command: Command, count: number, applied: boolean): void {
    if (command.kind !== "undo" && command.kind !== "redo") return;
    const what = command.kind === "undo" ? "undo" : "redo";
    if (!applied) this.parts.say(`Nothing is left to ${what}: what it changed was changed again since.`);
    else if (count > 0) {
      this.parts.say(
        `${count === 1 ? "One map was" : `${count} maps were`} left where they are: moved since.`,
      );
    }
  }

  private async heard(word: "added" | "settled"): Promise<void> {
    if (word === "settled") await this.enqueue(() => this.readAfter());
    await this.reread();
  }

  /** The outbox as it stands now, for commands of other tabs and of tabs that are closed. */
  private reread(): Promise<void> {
    return this.enqueue(async () => {
      await this.refold();
      if (this.pending.length > 0) this.wake();
    });
  }

  private async refold(): Promise<void> {
    const { outbox, account, board } = this.parts;
    const kept = await outbox.of(account.id, board.id).catch((): Kept[] => []);
    const waiting = [...kept.filter((each) => !each.held).map(pendingOf), ...this.unkept];
    const held = kept.filter((each) => each.held).map(pendingOf);
    const folded = fold(this.confirmed, waiting);
    if (folded.stranded.length > 0) {
      await outbox
        .hold(folded.stranded.map((each) => each.pending.command.command_id))
        .catch(() => undefined);
    }
    this.pending = folded.pending;
    const asked = new Map(held.map((each) => [each.command.command_id, waitsFor(folded.state, each)]));
    for (const each of this.store.getState().questions) asked.set(idOf(each), each);
    for (const each of folded.stranded) asked.set(idOf(each), each);
    const idle = folded.pending.length === 0 && this.unkept.length === 0;
    this.store.setState({
      state: folded.state,
      waiting: folded.pending.length,
      questions: [...asked.values()],
      ...(idle && this.store.getState().saved.kind !== "stopped" ? { saved: { kind: "saved" } } : {}),
    });
  }

  private async settle(sent: readonly Pending[], answer: Answer): Promise<void> {
    if (answer.kind === "stored") {
      const version = new Map(answer.results.map((result) => [result.command_id, result.version]));
      const log = sent.map(({ command, client }) => ({
        ...command,
        version: version.get(command.command_id) ?? 0,
        client_id: client,
        author: this.parts.account.id,
      }));
      await this.acknowledge(sent.map((each) => each.command.command_id));
      const next = advance(this.confirmed, log);
      if (next) this.confirmed = next;
      else await this.readAfter();
      this.store.setState({ images: answer.images });
    } else if (answer.kind === "changed") {
      await this.takeLog(answer.commands, answer.state);
    } else if (answer.kind === "refused") {
      await this.putAside(sent[answer.index] ?? (sent[0] as Pending), answer.problem);
    }
    await this.refold();
    this.talk.tell("settled");
  }

  /** The service refused what this page's rules allow: the person decides, nothing is dropped in silence. */
  private async putAside(pending: Pending, problem: Problem): Promise<void> {
    const question: Stranded = { pending, code: "unknown_command", sentence: problem.message };
    await this.parts.outbox.hold([pending.command.command_id]).catch(() => undefined);
    this.unkept = this.unkept.filter((each) => each !== pending);
    this.store.setState(({ questions }) => ({ questions: [...questions, question] }));
    if (problem.code === "board_complete") await this.readAfter();
  }

  private async readAfter(): Promise<void> {
    const { service, board } = this.parts;
    const news = await service.after(board.id, this.confirmed.version).catch((error: unknown) => {
      if (error instanceof Problem) return null;
      throw error;
    });
    if (!news) return;
    await this.takeLog(news.commands, news.state);
    await this.refold();
  }

  private async takeLog(
    commands: readonly unknown[] | null | undefined,
    content: BoardContent | null | undefined,
  ): Promise<void> {
    const log = (commands ?? []) as Parameters<typeof advance>[1];
    await this.acknowledge(log.map((each) => each.command_id));
    const next = content ? null : advance(this.confirmed, log);
    if (next) {
      this.confirmed = next;
      return;
    }
    const whole = content ?? (await this.parts.service.read(this.parts.board.id));
    this.confirmed = stateOf(whole, this.confirmed.maps);
    this.store.setState({ images: imagesOf(whole) });
    await this.acknowledge(whole.history.map((each) => each.command_id));
  }

  private async acknowledge(ids: readonly string[]): Promise<void> {
    const known = new Set(ids);
    this.unkept = this.unkept.filter((each) => !known.has(each.command.command_id));
    await this.parts.outbox.remove(ids).catch(() => undefined);
  }

  private stopped(problem: Problem): void {
    const other = problem.code === "other_person";
    this.store.setState({ saved: { kind: "stopped", sentence: problem.message, other } });
  }
}

/** Why a command that was put aside, perhaps before this page was opened, can't go on by itself. */
function waitsFor(state: State, pending: Pending): Stranded {
  const [stranded] = fold(state, [pending]).stranded;
  return stranded ?? { pending, code: "concept_gone", sentence: "This change was put aside." };
}

function idOf(each: Stranded): string {
  return each.pending.command.command_id;
}

function pendingOf(kept: Kept): Pending {
  return { command: kept.command, client: kept.client, at: kept.at };
}
