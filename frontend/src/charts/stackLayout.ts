import { widthOf } from "./text";

/** A step of the stack, from the least to the most: "nobody", "1 annotator", … */
export interface StackLevel {
  readonly key: string;
  readonly name: string;
}

/** A class: how many of its n fall on each level, by its key; they add to n. */
export interface StackGroup {
  readonly key: string;
  readonly name: string;
  readonly n: number;
  readonly counts: Readonly<Record<string, number>>;
}

export interface PlacedPart {
  readonly level: StackLevel;
  readonly k: number;
  readonly share: number;
  readonly x: number;
  readonly width: number;
  /** From 0 (the first level) to 1 (the last). */
  readonly strength: number;
  /** Whether the value can stand inside. */
  readonly roomy: boolean;
}

export interface PlacedLevel {
  readonly level: StackLevel;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly strength: number;
}

const ROOM_FOR_VALUE = 34;
/** Of a level's sign with the gap to its name, of a line of levels, and between two of them. */
const SIGN = 18;
const LINE = 22;
const BETWEEN = 20;
const LETTERS = 12;

/** The levels side by side, on as many lines as they need from `left` to `right`, and how high all lines are. */
export function placedLevels(
  levels: readonly StackLevel[],
  left: number,
  right: number,
): { placed: PlacedLevel[]; height: number } {
  const placed: PlacedLevel[] = [];
  let [x, y] = [left, 0];
  for (const [index, level] of levels.entries()) {
    const width = SIGN + widthOf(level.name, LETTERS);
    if (x > left && x + width > right) [x, y] = [left, y + LINE];
    placed.push({ level, x, y, width, strength: strengthOf(index, levels) });
    x += width + BETWEEN;
  }
  return { placed, height: y + LINE };
}

function strengthOf(index: number, levels: readonly StackLevel[]): number {
  return levels.length > 1 ? index / (levels.length - 1) : 1;
}

/** One bar of a stack, from `left` to `right`; levels that nothing falls on have no part. */
export function stackedParts(
  group: StackGroup,
  levels: readonly StackLevel[],
  left: number,
  right: number,
): PlacedPart[] {
  const parts: PlacedPart[] = [];
  let before = 0;
  for (const [index, level] of levels.entries()) {
    const k = group.counts[level.key] ?? 0;
    if (k === 0 || group.n === 0) continue;
    const width = ((right - left) * k) / group.n;
    parts.push({
      level,
      k,
      share: k / group.n,
      x: left + ((right - left) * before) / group.n,
      width,
      strength: strengthOf(index, levels),
      roomy: width >= ROOM_FOR_VALUE,
    });
    before += k;
  }
  return parts;
}
