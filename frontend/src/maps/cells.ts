/** An activation map as it is stored: `height × width` grey cells in row order, 255 = the map's own maximum. */
export interface Cells {
  readonly height: number;
  readonly width: number;
  readonly values: Uint8Array;
}

interface Axis {
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly share: Float32Array;
}

const axes = new Map<string, Axis>();

/** For each of `size` pixels the two cells around its centre and the share of the second one. */
function axis(cells: number, size: number): Axis {
  const key = `${cells}:${size}`;
  const known = axes.get(key);
  if (known) return known;
  const made = {
    before: new Int32Array(size),
    after: new Int32Array(size),
    share: new Float32Array(size),
  };
  for (let pixel = 0; pixel < size; pixel++) {
    const position = Math.min(Math.max(((pixel + 0.5) * cells) / size - 0.5, 0), cells - 1);
    const before = Math.floor(position);
    made.before[pixel] = before;
    made.after[pixel] = Math.min(before + 1, cells - 1);
    made.share[pixel] = position - before;
  }
  axes.set(key, made);
  return made;
}

/**
 * The map enlarged bilinearly to `size × size` pixels, values 0 … 1, in row order. Cell centres keep their place
 * (the convention of the pointing game: no corner alignment), cells outside the map repeat its border.
 */
export function upsample(cells: Cells, size: number): Float32Array {
  const { height, width, values } = cells;
  if (values.length !== height * width) {
    throw new RangeError(`A map of ${height} × ${width} cells came with ${values.length} values.`);
  }
  const across = axis(width, size);
  const down = axis(height, size);
  const result = new Float32Array(size * size);
  for (let y = 0; y < size; y++) {
    const upper = (down.before[y] as number) * width;
    const lower = (down.after[y] as number) * width;
    const below = down.share[y] as number;
    for (let x = 0; x < size; x++) {
      const left = across.before[x] as number;
      const right = across.after[x] as number;
      const beside = across.share[x] as number;
      const top = mix(values[upper + left] as number, values[upper + right] as number, beside);
      const bottom = mix(values[lower + left] as number, values[lower + right] as number, beside);
      result[y * size + x] = mix(top, bottom, below) / 255;
    }
  }
  return result;
}

function mix(first: number, second: number, share: number): number {
  return first + (second - first) * share;
}

interface CubicAxis {
  /** Four cells for each pixel, one after the other. */
  readonly cells: Int32Array;
  readonly weights: Float32Array;
}

const cubicAxes = new Map<string, CubicAxis>();

/** Catmull-Rom weights of the four cells around each pixel's centre. */
function cubicAxis(cells: number, size: number): CubicAxis {
  const key = `${cells}:${size}`;
  const known = cubicAxes.get(key);
  if (known) return known;
  const made = { cells: new Int32Array(size * 4), weights: new Float32Array(size * 4) };
  for (let pixel = 0; pixel < size; pixel++) {
    const position = ((pixel + 0.5) * cells) / size - 0.5;
    const before = Math.floor(position);
    const t = position - before;
    const weights = [
      ((-t + 2) * t - 1) * t * 0.5,
      ((3 * t - 5) * t * t + 2) * 0.5,
      ((-3 * t + 4) * t + 1) * t * 0.5,
      (t - 1) * t * t * 0.5,
    ];
    for (let tap = 0; tap < 4; tap++) {
      made.cells[pixel * 4 + tap] = Math.min(Math.max(before - 1 + tap, 0), cells - 1);
      made.weights[pixel * 4 + tap] = weights[tap] as number;
    }
  }
  cubicAxes.set(key, made);
  return made;
}

/**
 * The map enlarged with smooth slopes (Catmull-Rom), values 0 … 1: bilinear enlargement draws a cross at every
 * maximum, which people would take for something in the picture. Cell centres keep their values.
 */
export function smoothed(cells: Cells, size: number): Float32Array {
  const { height, width, values } = cells;
  if (values.length !== height * width) {
    throw new RangeError(`A map of ${height} × ${width} cells came with ${values.length} values.`);
  }
  const across = cubicAxis(width, size);
  const down = cubicAxis(height, size);
  const rows = new Float32Array(height * size);
  for (let row = 0; row < height; row++) {
    const start = row * width;
    for (let x = 0, tap = 0; x < size; x++, tap += 4) {
      rows[row * size + x] =
        (across.weights[tap] as number) * (values[start + (across.cells[tap] as number)] as number) +
        (across.weights[tap + 1] as number) * (values[start + (across.cells[tap + 1] as number)] as number) +
        (across.weights[tap + 2] as number) * (values[start + (across.cells[tap + 2] as number)] as number) +
        (across.weights[tap + 3] as number) * (values[start + (across.cells[tap + 3] as number)] as number);
    }
  }
  const result = new Float32Array(size * size);
  for (let y = 0, tap = 0, pixel = 0; y < size; y++, tap += 4) {
    const [first, second, third, fourth] = [0, 1, 2, 3].map(
      (each) => (down.cells[tap + each] as number) * size,
    ) as [number, number, number, number];
    const [w1, w2, w3, w4] = [0, 1, 2, 3].map((each) => (down.weights[tap + each] as number) / 255) as [
      number,
      number,
      number,
      number,
    ];
    for (let x = 0; x < size; x++, pixel++) {
      const sum =
        w1 * (rows[first + x] as number) +
        w2 * (rows[second + x] as number) +
        w3 * (rows[third + x] as number) +
        w4 * (rows[fourth + x] as number);
      result[pixel] = sum < 0 ? 0 : sum > 1 ? 1 : sum;
    }
  }
  return result;
}

/** Cells from the base64 text in which the service sends a single map. */
export function decodeCells(height: number, width: number, base64: string): Cells {
  const values = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  if (values.length !== height * width) {
    throw new RangeError(`A map of ${height} × ${width} cells came with ${values.length} values.`);
  }
  return { height, width, values };
}
