/**
 * A board as a value: where each map stands, which concepts there are, what can be taken back.
 *
 * Maps are told by their index in the board's own order; a place is a concept's id, `unlabeled` or `discarded`.
 * The same shapes stand in `backend/glossator/boards/state.py`.
 */
import { isGesture } from "./commands";

export const UNLABELED = "unlabeled";
export const DISCARDED = "discarded";
/** No place: the view of all maps that are flagged, wherever they stand. */
export const NOT_SURE = "not_sure";

export interface Concept {
  readonly id: string;
  readonly name: string | null;
  readonly note: string;
}

/** Origin, target, maps that went from one to the other. */
export type Move = [origin: string, target: string, maps: number[]];
/** The value that the flag "not sure" became, and for which maps. */
export type Flagging = [value: boolean, maps: number[]];
/** A concept and its index in the row of concepts at that moment. */
export type Placed = [id: string, name: string | null, note: string, index: number];
export type Edit = [concept: string, field: "name" | "note", before: string | null, after: string | null];

/** What one command changed, in the form in which the service sends it. */
export interface Change {
  moves?: Move[];
  flags?: Flagging[];
  created?: Placed[];
  removed?: Placed[];
  edits?: Edit[];
  order?: [before: string[], after: string[]];
}

/** What the log knows of one command; see the service's `Entry`. */
export interface Entry {
  readonly kind: string;
  readonly version: number;
  readonly concerns?: string;
  readonly done: boolean;
  readonly since: number;
  readonly offered: boolean;
  readonly change: Change;
}

export interface State {
  readonly maps: readonly string[];
  readonly places: readonly string[];
  readonly notSure: ReadonlySet<number>;
  readonly concepts: readonly Concept[];
  readonly complete: boolean;
  readonly version: number;
  readonly history: ReadonlyMap<string, Entry>;
}

export function emptyState(maps: readonly string[]): State {
  return {
    maps,
    places: maps.map(() => UNLABELED),
    notSure: new Set(),
    concepts: [],
    complete: false,
    version: 0,
    history: new Map(),
  };
}

export function isEmpty(change: Change): boolean {
  return Object.keys(change).length === 0;
}

/** Gestures that Ctrl+Z takes back, the next one last. */
export function undoStack(history: ReadonlyMap<string, Entry>): string[] {
  return bySince(history, (entry) => entry.done);
}

/** Gestures that Ctrl+Shift+Z brings back, the next one last; a new gesture empties it. */
export function redoStack(history: ReadonlyMap<string, Entry>): string[] {
  let newest = 0;
  for (const entry of history.values()) if (isGesture(entry.kind)) newest = Math.max(newest, entry.version);
  return bySince(history, (entry) => !entry.done && entry.since > newest);
}

function bySince(history: ReadonlyMap<string, Entry>, wanted: (entry: Entry) => boolean): string[] {
  return [...history]
    .filter(([, entry]) => isGesture(entry.kind) && entry.offered && wanted(entry))
    .sort(([, a], [, b]) => a.since - b.since)
    .map(([id]) => id);
}

/** Indices of the maps at a place, in the order of the board. */
export function members(state: Pick<State, "places">, place: string): number[] {
  const found: number[] = [];
  state.places.forEach((at, index) => {
    if (at === place) found.push(index);
  });
  return found;
}

/** How many maps stand at each place. */
export function counts(state: State): Map<string, number> {
  const found = new Map<string, number>();
  for (const place of state.places) found.set(place, (found.get(place) ?? 0) + 1);
  return found;
}
