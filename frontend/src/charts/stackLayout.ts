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

const ROOM_FOR_VALUE = 34;

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
      strength: levels.length > 1 ? index / (levels.length - 1) : 1,
      roomy: width >= ROOM_FOR_VALUE,
    });
    before += k;
  }
  return parts;
}
