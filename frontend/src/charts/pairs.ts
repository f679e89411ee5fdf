/** An annotator, in the order of every chart of the page. */
export interface MatrixName {
  readonly key: string;
  readonly name: string;
  /** At the rows and columns; the name without it. */
  readonly short?: string;
}

/** A pair, in whatever order. Without a value and without a bound it is undefined and says why. */
export interface MatrixCell {
  readonly row: string;
  readonly column: string;
  readonly value: number | null;
  /** Where only a bound is known: the exact value lies between. */
  readonly bound?: { readonly lower: number; readonly upper: number } | null;
  /** Of how many: "99 of 112 maps". */
  readonly note: string;
  readonly reason?: string | null;
}

export interface Pair {
  readonly row: string;
  readonly column: string;
}

export type Step = "up" | "down" | "left" | "right" | "first" | "last";

/** Whether two pairs are the same two annotators. */
export function samePair(first: Pair | null, second: Pair | null): boolean {
  if (!first || !second) return first === second;
  const [a, b] = [first.row, first.column];
  return (a === second.row && b === second.column) || (a === second.column && b === second.row);
}

/** The cell of a row and a column; a pair may be given once, the matrix shows it twice. */
export function cellAt(cells: readonly MatrixCell[], pair: Pair): MatrixCell | null {
  return cells.find((cell) => samePair(cell, pair)) ?? null;
}

/** Where an arrow leads from a cell: over the diagonal, and nowhere beyond the edge. */
export function stepped(names: readonly MatrixName[], from: Pair, step: Step): Pair {
  const index = (key: string) => names.findIndex((each) => each.key === key);
  const size = names.length;
  const go = (row: number, column: number, down: number, right: number): Pair => {
    if (row < 0 || column < 0 || row >= size || column >= size) return from;
    if (row === column) return go(row + down, column + right, down, right);
    return { row: names[row]?.key ?? from.row, column: names[column]?.key ?? from.column };
  };
  const row = index(from.row);
  const column = index(from.column);
  if (step === "up") return go(row - 1, column, -1, 0);
  if (step === "down") return go(row + 1, column, 1, 0);
  if (step === "left") return go(row, column - 1, 0, -1);
  if (step === "right") return go(row, column + 1, 0, 1);
  return step === "first" ? go(row, 0, 0, 1) : go(row, size - 1, 0, -1);
}

/** How strong a cell is tinted, from 0 to 1: a bound by its lower end, less than chance like 0. */
export function strengthOf(cell: MatrixCell): number | null {
  const value = cell.value ?? cell.bound?.lower ?? null;
  return value === null ? null : Math.min(Math.max(value, 0), 1);
}
