import type { StoreApi } from "zustand/vanilla";
import { Problem } from "../api/problem";
import { many } from "../components/format";
import type { Desk } from "./desk";
import { keep, kept } from "./device";
import { placeName } from "./gestures";
import { type Arrangement, arranged, listOf } from "./order";
import { NOTHING } from "./selection";
import { NOT_SURE, type State, UNLABELED } from "./state";

/** What the service knows of similar maps: orders of all maps of a board, as indices. */
export interface Orders {
  similarTogether(board: string): Promise<readonly number[]>;
  mostLike(board: string, maps: readonly string[]): Promise<readonly number[]>;
}

interface Parts {
  readonly board: string;
  readonly account: string;
  readonly desk: StoreApi<Desk>;
  readonly state: () => State;
  readonly orders: Orders;
  readonly say: (sentence: string) => void;
}

/** How long the maps of a board wait, when it is opened, for the order in which they were seen last. */
const HELD_MS = 400;

/** Puts similar maps together where the person asks for it; the board itself does not change. */
export class Arranger {
  private turn = 0;

  constructor(private readonly parts: Parts) {
    if (kept(this.key) === "similar") void this.open();
  }

  private get key(): string {
    return `glossator.board.order.${this.parts.account}.${this.parts.board}`;
  }

  /** Show all places in an order, from now on and when this device opens the board again. */
  async arrange(arrangement: Arrangement): Promise<void> {
    const { desk, orders, board } = this.parts;
    const known = desk.getState().order.similar;
    const asks = arrangement === "similar" && known === null;
    const similar = await this.latest(async () => (asks ? await orders.similarTogether(board) : known));
    if (similar === undefined) return;
    desk.setState(({ order }) => ({ order: arranged(order, arrangement, similar) }));
    keep(this.key, arrangement);
  }

  /** As this device saw the board last; an order that comes late does not move the maps under the hands. */
  private async open(): Promise<void> {
    const { desk, orders, board, say } = this.parts;
    const release = () => desk.setState({ held: false });
    desk.setState({ held: true });
    const timer = setTimeout(release, HELD_MS);
    try {
      const similar = await this.latest(() => orders.similarTogether(board));
      if (similar === undefined) return;
      const { order, held } = desk.getState();
      desk.setState({ order: held ? arranged(order, "similar", similar) : { ...order, similar } });
      if (!held) say("Similar maps can be put together now: press O.");
    } finally {
      clearTimeout(timer);
      release();
    }
  }

  toggle(): Promise<void> {
    return this.arrange(this.parts.desk.getState().order.arrangement === "similar" ? "mixed" : "similar");
  }

  /** Open the unlabeled maps, those that are most like these first; of these, the unlabeled ones stay selected. */
  async like(maps: readonly number[], to: string): Promise<void> {
    const { desk, orders, board, state } = this.parts;
    const ids = maps.map((map) => state().maps[map] as string);
    const row = await this.latest(() => orders.mostLike(board, ids));
    if (row === undefined) return;
    const order = { ...desk.getState().order, likes: { to, row } };
    const list = listOf(state(), UNLABELED, order);
    const first = list[0] ?? null;
    const chosen = new Set(maps);
    const selected = new Set(list.filter((map) => chosen.has(map)));
    desk.setState({
      open: UNLABELED,
      layer: null,
      order,
      selection: { ...NOTHING, selected, cursor: first, anchor: first },
    });
  }

  /** More like what hands are at: the map that is looked at closely, the selection, all of an open card, the cursor. */
  async likeChosen(): Promise<void> {
    const { desk, say } = this.parts;
    const { selection, layer, open } = desk.getState();
    const cursor = selection.cursor === null ? [] : [selection.cursor];
    const selected = layer === "large" ? cursor : [...selection.selected];
    if (selected.length > 0) return this.like(selected, many(selected.length, "map"));
    if (open !== UNLABELED && open !== NOT_SURE) return this.likePlace(open);
    if (cursor.length > 0) return this.like(cursor, many(1, "map"));
    say("Select some maps first.");
  }

  /** More like everything in a place. */
  async likePlace(place: string): Promise<void> {
    const { desk, state, say } = this.parts;
    const maps = listOf(state(), place, desk.getState().order);
    if (maps.length === 0) say(`There is no map in ${placeName(state(), place)} yet.`);
    else await this.like(maps, `the ${many(maps.length, "map")} of ${placeName(state(), place)}`);
  }

  /** Back to the usual order. */
  back(): void {
    this.turn += 1;
    const { desk } = this.parts;
    const { order } = desk.getState();
    if (order.likes !== null) desk.setState({ order: { ...order, likes: null } });
  }

  /** What was asked for, unless something else was asked meanwhile or the service refused, which is said. */
  private async latest<T>(ask: () => Promise<T>): Promise<T | undefined> {
    this.turn += 1;
    const turn = this.turn;
    try {
      const answer = await ask();
      return turn === this.turn ? answer : undefined;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (turn === this.turn) this.parts.say(error.message);
      return undefined;
    }
  }
}
