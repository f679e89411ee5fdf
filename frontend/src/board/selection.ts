/** What is selected on the desk: sets of map indices, never of elements. All functions are pure. */

export interface Selection {
  readonly selected: ReadonlySet<number>;
  /** The map that arrows start from and Space looks at. */
  readonly cursor: number | null;
  /** Where a range begins. */
  readonly anchor: number | null;
}

export const NOTHING: Selection = { selected: new Set(), cursor: null, anchor: null };

export interface Modifiers {
  readonly shift: boolean;
  readonly ctrl: boolean;
}

/** A click on a map: alone it selects that one, with Ctrl it toggles it, with Shift it takes everything between. */
export function click(
  list: readonly number[],
  before: Selection,
  map: number,
  { shift, ctrl }: Modifiers,
): Selection {
  if (shift) {
    const anchor = before.anchor !== null && list.includes(before.anchor) ? before.anchor : map;
    const range = between(list, anchor, map);
    return { selected: new Set(ctrl ? [...before.selected, ...range] : range), cursor: map, anchor };
  }
  if (ctrl) {
    const selected = new Set(before.selected);
    if (!selected.delete(map)) selected.add(map);
    return { selected, cursor: map, anchor: map };
  }
  return { selected: new Set([map]), cursor: map, anchor: map };
}

function between(list: readonly number[], first: number, second: number): readonly number[] {
  const [from, to] = [list.indexOf(first), list.indexOf(second)];
  return list.slice(Math.min(from, to), Math.max(from, to) + 1);
}

export type Step = "left" | "right" | "up" | "down" | "home" | "end";

/** Where an arrow leads from `position` in a grid of `count` tiles. */
export function stepped(position: number, step: Step, count: number, columns: number): number {
  const wanted = {
    left: position - 1,
    right: position + 1,
    up: position - columns < 0 ? position : position - columns,
    down:
      position + columns >= count
        ? Math.max(position, lastRow(position, count, columns))
        : position + columns,
    home: 0,
    end: count - 1,
  }[step];
  return Math.min(Math.max(wanted, 0), count - 1);
}

function lastRow(position: number, count: number, columns: number): number {
  const onLastRow = Math.floor(position / columns) === Math.floor((count - 1) / columns);
  return onLastRow ? position : count - 1;
}

/** An arrow key: moves and selects; with Shift it extends the range, with Ctrl it only moves. */
export function arrow(
  list: readonly number[],
  before: Selection,
  step: Step,
  columns: number,
  { shift, ctrl }: Modifiers,
): Selection {
  if (list.length === 0) return NOTHING;
  const at = before.cursor === null ? -1 : list.indexOf(before.cursor);
  const map = list[at < 0 ? 0 : stepped(at, step, list.length, columns)] as number;
  if (ctrl && !shift) return { ...before, cursor: map };
  return click(list, before, map, { shift, ctrl: false });
}

export function all(list: readonly number[], before: Selection): Selection {
  return { selected: new Set(list), cursor: before.cursor ?? list[0] ?? null, anchor: list[0] ?? null };
}

/** A rectangle over the grid: what it touches, beside what was selected before it began if it adds. */
export function rectangle(hits: readonly number[], base: ReadonlySet<number>, adds: boolean): Selection {
  const last = hits[hits.length - 1] ?? null;
  return { selected: new Set(adds ? [...base, ...hits] : hits), cursor: last, anchor: hits[0] ?? null };
}

/**
 * After maps have left the list: what is gone is not selected any more, and the cursor goes to the map that took the
 * place of the first one gone, so that hands can go on.
 */
export function without(
  before: readonly number[],
  after: readonly number[],
  selection: Selection,
): Selection {
  const still = new Set(after);
  const selected = new Set([...selection.selected].filter((map) => still.has(map)));
  if (selection.cursor === null || still.has(selection.cursor)) return { ...selection, selected };
  const next = before.slice(before.indexOf(selection.cursor)).find((map) => still.has(map));
  const cursor = next ?? after[after.length - 1] ?? null;
  return { selected, cursor, anchor: cursor };
}
