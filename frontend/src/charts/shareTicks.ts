const TICKS = [0, 0.25, 0.5, 0.75, 1] as const;
/** Pixels that a mark needs for its words. */
const ROOM = 42;

/** Where a scale from 0 to 1 is marked: quarters, halves or its ends, by its width in pixels. */
export function shareTicks(width: number): readonly number[] {
  const step = [1, 2, 4].find((each) => (width / (TICKS.length - 1)) * each >= ROOM) ?? TICKS.length - 1;
  return TICKS.filter((_, index) => index % step === 0);
}
