import { createStore, type StoreApi } from "zustand/vanilla";
import { keep, kept } from "./device";
import { MIXED, type Order } from "./order";
import { NOTHING, type Selection } from "./selection";
import { UNLABELED } from "./state";

export type Layer = "keys" | "move" | "merge" | "done" | "large" | "show" | null;

/**
 * A name before its field is there: a new concept is kept on the device before it shows, and hands do not wait for
 * that, so what is typed meanwhile is collected here.
 */
export interface Naming {
  readonly concept: string;
  readonly typed: string;
}

/** What this tab alone knows: which place is open, what is selected, how large tiles are, what lies over the page. */
export interface Desk {
  /** The place whose maps the grid shows. */
  readonly open: string;
  readonly selection: Selection;
  readonly order: Order;
  /** The maps wait for their order before they show. */
  readonly held: boolean;
  /** Least side of a tile in CSS pixels. */
  readonly size: number;
  readonly columns: number;
  readonly layer: Layer;
  /** The concept whose name is about to be typed. */
  readonly naming: Naming | null;
  /** The place where maps arrived last; `turn` rises so that the same place can flash again. */
  readonly flash: { readonly place: string; readonly turn: number };
  /** Below 1,000 px: whether the drawer with the concepts is up. */
  readonly drawer: boolean;
}

const SIZE_KEY = "glossator.board.size";
export const SIZES = { least: 72, usual: 104, most: 280 } as const;

function keptSize(): number {
  const size = Number(kept(SIZE_KEY));
  return size >= SIZES.least && size <= SIZES.most ? size : SIZES.usual;
}

export function makeDesk(): StoreApi<Desk> {
  return createStore<Desk>(() => ({
    open: UNLABELED,
    selection: NOTHING,
    order: MIXED,
    held: false,
    size: keptSize(),
    columns: 1,
    layer: null,
    naming: null,
    flash: { place: "", turn: 0 },
    drawer: true,
  }));
}

export function keepSize(size: number): void {
  keep(SIZE_KEY, String(size));
}
