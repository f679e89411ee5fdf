/** How fast maps are being placed in this sitting, and how long the rest takes. */

export interface Sample {
  readonly at: number;
  readonly placed: number;
}

const WINDOW_MS = 10 * 60_000;
const PAUSE_MS = 90_000;
const LEAST_PLACED = 8;
const LEAST_MS = 20_000;

/**
 * Minutes left for `left` maps, or null while nobody can tell.
 *
 * Only the last ten minutes count, and a pause counts as 90 seconds at most: whoever fetches a coffee is not slow.
 */
export function minutesLeft(samples: readonly Sample[], left: number): number | null {
  if (left === 0) return 0;
  const newest = samples.at(-1);
  if (!newest) return null;
  const recent = samples.filter((sample) => sample.at >= newest.at - WINDOW_MS);
  let spent = 0;
  recent.forEach((sample, index) => {
    const before = recent[index - 1];
    if (before) spent += Math.min(sample.at - before.at, PAUSE_MS);
  });
  const placed = newest.placed - (recent[0]?.placed ?? 0);
  if (placed < LEAST_PLACED || spent < LEAST_MS) return null;
  return (left * spent) / placed / 60_000;
}

export function minutesText(minutes: number | null): string {
  if (minutes === null || minutes === 0) return "";
  return minutes < 1 ? "less than a minute left" : `about ${Math.round(minutes)} min left`;
}
