// @vitest-environment jsdom
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Body, Command, LoggedCommand } from "./commands";
import { Outbox } from "./outbox";
import { Refused, reduce } from "./reducer";
import { BoardSession } from "./session";
import { emptyState, members, redoStack, type State, undoStack } from "./state";
import type { BoardContent, BoardState } from "./wire";

const MAPS = ["m0", "m1", "m2", "m3"];
const ME = { id: "me", name: "Ada" };

/** The service's rules for one board (contracts 4), in memory; `down` and `forget` break the line. */
class Server {
  state: State = emptyState(MAPS);
  log: LoggedCommand[] = [];
  known = new Map<string, object>();
  sequences = new Map<string, number>();
  down = false;
  /** Apply, and lose the answer. */
  deaf = 0;
  status = 0;

  content(): BoardContent {
    const ids = (place: string) => members(this.state, place).map((index) => MAPS[index] as string);
    return {
      version: this.state.version,
      complete: this.state.complete,
      concepts: this.state.concepts.map((each) => ({ ...each, maps: ids(each.id), images: 1 })),
      discarded: ids("discarded"),
      not_sure: [],
      undo: undoStack(this.state.history),
      redo: redoStack(this.state.history),
      history: [...this.state.history].map(([command_id, entry]) => ({
        ...entry,
        command_id,
        change: entry.change as Record<string, unknown>,
      })),
    } as BoardContent;
  }

  board(): BoardState {
    return { ...this.content(), id: "board", maps: MAPS.map((id, index) => [id, index]) } as BoardState;
  }

  /** Another device does something. */
  elsewhere(body: Body): void {
    this.take({ ...body, command_id: `else-${this.state.version}` }, "other");
  }

  private take(command: Command, client: string): object {
    const step = reduce(this.state, command);
    this.state = step.state;
    const version = step.state.version;
    this.log.push({ ...command, version, client_id: client, author: ME.id });
    const result = {
      command_id: command.command_id,
      version,
      applied: step.applied,
      left_alone: step.leftAlone,
    };
    this.known.set(command.command_id, result);
    return { ...result, repeated: false };
  }

  async fetch(request: Request): Promise<Response> {
    if (this.down) throw new TypeError("no network");
    if (this.status) return Response.json({ detail: "no", code: "x" }, { status: this.status });
    const answer = this.answer(await request.json());
    if (this.deaf > 0) {
      this.deaf--;
      throw new TypeError("the answer was lost");
    }
    return answer;
  }

  private answer(body: {
    client_id: string;
    base_version: number;
    commands: (Command & { sequence: number })[];
  }): Response {
    const fresh = body.commands.filter((each) => !this.known.has(each.command_id));
    let expected = (this.sequences.get(body.client_id) ?? 0) + 1;
    for (const each of fresh) {
      if (each.sequence !== expected) {
        return Response.json(
          { code: "sequence_gap", detail: "gap", expected: (this.sequences.get(body.client_id) ?? 0) + 1 },
          { status: 409 },
        );
      }
      expected++;
    }
    const knownSince = body.commands.filter(
      (each) =>
        ((this.known.get(each.command_id) as { version?: number } | undefined)?.version ?? 0) >
        body.base_version,
    ).length;
    if (fresh.length > 0 && this.state.version - body.base_version !== knownSince) {
      return Response.json(
        {
          code: "board_changed",
          detail: "changed",
          version: this.state.version,
          commands: this.log.filter((each) => each.version > body.base_version),
        },
        { status: 409 },
      );
    }
    try {
      const results = body.commands.map((each) => {
        const before = this.known.get(each.command_id);
        if (before) return { ...before, repeated: true };
        const { sequence, ...command } = each;
        const made = this.take(command as Command, body.client_id);
        this.sequences.set(body.client_id, sequence);
        return made;
      });
      return Response.json({ version: this.state.version, results, images: {} });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return Response.json({ code: error.code, detail: error.message }, { status: 422 });
    }
  }
}

/** As `vi.waitFor`, patient enough for a busy machine. */
const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 10 });

let server: Server;
let sessions: BoardSession[];
let outbox: Outbox;
let said: string[];

function open(): BoardSession {
  const session = new BoardSession({
    board: server.board(),
    account: ME,
    outbox,
    service: {
      read: async () => server.board(),
      after: async (_board, version) => ({
        commands: server.log.filter((each) => each.version > version),
      }),
    },
    say: (sentence) => said.push(sentence),
  });
  sessions.push(session);
  return session;
}

function assign(map: string, to: string): () => Body[] {
  return () => [{ kind: "assign", maps: [map], to }];
}

const saved = (session: BoardSession) => () =>
  expect(session.store.getState().saved).toEqual({ kind: "saved" });
const placesOf = (session: BoardSession) => session.store.getState().state.places;

beforeEach(() => {
  server = new Server();
  sessions = [];
  said = [];
  outbox = new Outbox();
  vi.stubGlobal("fetch", (request: Request) => server.fetch(request));
});

afterEach(async () => {
  for (const session of sessions) session.close();
  await outbox.remove((await outbox.all()).map((each) => each.command.command_id));
  vi.unstubAllGlobals();
});

describe("a tab at a board", () => {
  it("shows a gesture at once and says when it is saved", async () => {
    const session = open();
    await session.dispatch(assign("m1", "discarded"));
    expect(placesOf(session)[1]).toBe("discarded");
    await soon(saved(session));
    expect(server.state.places[1]).toBe("discarded");
    expect(await outbox.all()).toEqual([]);
  });

  it("keeps gestures on this device while offline and sends them later, in order", async () => {
    server.down = true;
    const session = open();
    await session.dispatch(assign("m1", "discarded"));
    await session.dispatch(assign("m1", "unlabeled"));
    await session.dispatch(assign("m2", "discarded"));
    await soon(() => expect(session.store.getState().saved.kind).toBe("offline"));
    expect(session.store.getState().waiting).toBe(3);
    expect((await outbox.all()).length).toBe(3);

    server.down = false;
    session.wake();
    await soon(saved(session));
    expect(server.log.map((each) => each.kind)).toEqual(["assign", "assign", "assign"]);
    expect(server.state.places).toEqual(placesOf(session));
  });

  it("sends again what was applied but not answered, and it stays applied once", async () => {
    server.deaf = 1;
    const session = open();
    await session.dispatch(assign("m0", "discarded"));
    await soon(() => expect(session.store.getState().saved.kind).toBe("offline"));
    await session.dispatch(assign("m1", "discarded"));
    session.wake();
    await soon(saved(session));
    expect(server.state.version).toBe(2);
  });

  it("sends what a closed tab left behind", async () => {
    server.down = true;
    const closed = open();
    await closed.dispatch(assign("m3", "discarded"));
    closed.close();
    server.down = false;

    const session = open();
    await soon(() => expect(placesOf(session)[3]).toBe("discarded"));
    await soon(() => expect(server.state.places[3]).toBe("discarded"));
  });

  it("sends the last gesture before it is left", async () => {
    const session = open();
    await soon(saved(session));
    void session.dispatch(assign("m2", "discarded"));
    await session.leave();

    expect(server.state.places[2]).toBe("discarded");
    expect(await outbox.all()).toEqual([]);
  });

  it("is left at once where nothing can be sent, and keeps the gesture", async () => {
    const session = open();
    await soon(saved(session));
    server.down = true;
    void session.dispatch(assign("m2", "discarded"));
    await session.leave();

    expect((await outbox.all()).length).toBe(1);
  });

  it("puts its gestures on top of what happened elsewhere", async () => {
    const session = open();
    server.elsewhere({ kind: "assign", maps: ["m0"], to: "discarded" });
    await session.dispatch(assign("m1", "discarded"));
    await soon(saved(session));
    expect(placesOf(session)).toEqual(["discarded", "discarded", "unlabeled", "unlabeled"]);
    expect(server.state.places).toEqual(placesOf(session));
  });

  it("asks about a gesture whose concept is gone, and goes on with the others", async () => {
    server.elsewhere({ kind: "create_concept", concept_id: "a", name: "crack", after: null });
    const session = open();
    server.elsewhere({ kind: "delete_concept", concept_id: "a" });
    server.down = true;
    await session.dispatch(assign("m0", "a"));
    await session.dispatch(assign("m1", "discarded"));
    server.down = false;
    session.wake();

    await soon(() => expect(session.store.getState().questions.length).toBe(1));
    await soon(() => expect(server.state.places[1]).toBe("discarded"));
    expect((await outbox.all()).map((each) => each.held)).toEqual([true]);

    const [question] = session.store.getState().questions;
    if (!question) throw new Error("no question");
    await session.answer(question, assign("m0", "discarded"));
    await soon(() => expect(server.state.places[0]).toBe("discarded"));
    expect(session.store.getState().questions).toEqual([]);
    await soon(async () => expect(await outbox.all()).toEqual([]));
  });

  it("says what an undo left alone", async () => {
    const session = open();
    await session.dispatch(() => [{ kind: "assign", maps: ["m0", "m1"], to: "discarded" }]);
    const [first] = undoStack(session.store.getState().state.history);
    await session.dispatch(assign("m1", "unlabeled"));
    await session.dispatch(() => [{ kind: "undo", of: first ?? "" }]);
    expect(said).toEqual(["One map was left where they are: moved since."]);
  });

  it("never gives two quick gestures the same board", async () => {
    const session = open();
    const seen: number[] = [];
    const gesture = (state: State): Body[] => {
      seen.push(state.version);
      return [{ kind: "assign", maps: ["m0"], to: seen.length % 2 ? "discarded" : "unlabeled" }];
    };
    await Promise.all([session.dispatch(gesture), session.dispatch(gesture), session.dispatch(gesture)]);
    expect(new Set(seen).size).toBe(3);
  });

  it("says so when this browser keeps nothing, and sends all the same", async () => {
    vi.spyOn(outbox, "add").mockRejectedValue(new Error("full"));
    server.down = true;
    const session = open();
    await session.dispatch(assign("m0", "discarded"));
    expect(session.store.getState().saved.kind).toBe("unkept");
    server.down = false;
    session.wake();
    await soon(() => expect(server.state.places[0]).toBe("discarded"));
  });
});
