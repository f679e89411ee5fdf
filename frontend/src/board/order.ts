/** In which order the maps of the open place are shown. All functions are pure. */
import { members, NOT_SURE, type State, UNLABELED } from "./state";

export type Arrangement = "mixed" | "similar";

/** Unlabeled maps sorted by how similar they are to some, until the person goes back. */
export interface Likes {
  /** What they are similar to, as the person knows it. */
  readonly to: string;
  /** Maps in a row; those that have come to the board's pool since stand nowhere else. */
  readonly row: readonly number[];
}

export interface Order {
  readonly arrangement: Arrangement;
  /** All maps with similar ones together, once the service has told. */
  readonly similar: readonly number[] | null;
  readonly likes: Likes | null;
}

export const MIXED: Order = { arrangement: "mixed", similar: null, likes: null };

/** Maps of a place in the order in which the grid shows them: the one list for eyes, arrows, ranges and cursor. */
export function listOf(
  state: Pick<State, "places" | "notSure">,
  open: string,
  order: Order,
): readonly number[] {
  if (open === NOT_SURE) return [...state.notSure].sort((a, b) => a - b);
  const row = rowOf(open, order);
  return row === null ? members(state, open) : row.filter((map) => state.places[map] === open);
}

function rowOf(open: string, { arrangement, similar, likes }: Order): readonly number[] | null {
  if (likes !== null && open === UNLABELED) return likes.row;
  return arrangement === "similar" ? similar : null;
}

/** Another arrangement; it ends the sorting by some maps. */
export function arranged(order: Order, arrangement: Arrangement, similar: readonly number[] | null): Order {
  return { arrangement, similar: similar ?? order.similar, likes: null };
}
