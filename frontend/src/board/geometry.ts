/** Where tiles stand in a grid, computed and never asked of the page. Lengths in CSS pixels. */

export const GAP = 8;
export const PADDING = 24;

export interface Grid {
  readonly columns: number;
  /** Side of a tile. */
  readonly side: number;
  readonly rows: number;
  /** Of everything, to scroll through. */
  readonly height: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The grid of `count` tiles of at least `least` pixels in a pane of this width. */
export function gridOf(width: number, count: number, least: number): Grid {
  const inner = Math.max(width - 2 * PADDING, least);
  const columns = Math.max(1, Math.floor((inner + GAP) / (least + GAP)));
  const side = Math.floor((inner - (columns - 1) * GAP) / columns);
  const rows = Math.ceil(count / columns);
  return { columns, side, rows, height: Math.max(0, rows * (side + GAP) - GAP) + 2 * PADDING };
}

export function corner(grid: Grid, position: number): { x: number; y: number } {
  const pitch = grid.side + GAP;
  const row = Math.floor(position / grid.columns);
  return { x: PADDING + (position - row * grid.columns) * pitch, y: PADDING + row * pitch };
}

/** Positions that can be seen between two heights, with some rows around. */
export function visible(
  grid: Grid,
  count: number,
  top: number,
  height: number,
  around = 2,
): [number, number] {
  const pitch = grid.side + GAP;
  const first = Math.max(0, Math.floor((top - PADDING) / pitch) - around);
  const last = Math.min(grid.rows, Math.ceil((top + height - PADDING) / pitch) + around);
  return [first * grid.columns, Math.min(count, Math.max(0, last) * grid.columns)];
}

/** The rows in which these positions stand. */
export function rowsBetween(grid: Grid, first: number, last: number): number[] {
  const from = Math.floor(first / grid.columns);
  return Array.from({ length: Math.ceil(last / grid.columns) - from }, (_, row) => from + row);
}

/** Positions of the tiles that a rectangle touches, ascending. */
export function touched(grid: Grid, count: number, box: Box): number[] {
  const pitch = grid.side + GAP;
  const cells = (low: number, high: number, most: number): [number, number] => [
    Math.max(0, Math.ceil((low - PADDING - grid.side) / pitch)),
    Math.min(most - 1, Math.floor((high - PADDING) / pitch)),
  ];
  const [left, right] = cells(box.left, box.right, grid.columns);
  const [top, bottom] = cells(box.top, box.bottom, grid.rows);
  const found: number[] = [];
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const position = row * grid.columns + column;
      if (position < count) found.push(position);
    }
  }
  return found;
}

/** How far to scroll so that a tile is seen whole. */
export function scrollTo(grid: Grid, position: number, top: number, height: number): number {
  const { y } = corner(grid, position);
  if (y - PADDING < top) return y - PADDING;
  if (y + grid.side + PADDING > top + height) return y + grid.side + PADDING - height;
  return top;
}
