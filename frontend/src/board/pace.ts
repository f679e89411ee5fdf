/** How fast maps are being placed in this sitting, and how long the rest takes. */

export interface Sample {
  readonly at: number;
  readonly placed: number;
}

export interface Pace {
  readonly perMinute: number;
  readonly minutesLeft: number;
}

const WINDOW_MS = 10 * 60_000;
const PAUSE_MS = 90_000;
const LEAST_GESTURES = 5;
const LEAST_PLACED = 8;
const LEAST_MS = 20_000;

/**
 * The pace of the last ten minutes of work, or null while nobody can tell: before five gestures, eight maps and
 * twenty seconds.
 *
 * A gap of more than 90 seconds is a pause: neither its time nor the gesture that ended it counts. What was taken
 * back counts as not placed.
 */
export function paceOf(samples: readonly Sample[], left: number): Pace | null {
  let [spent, placed, gestures] = [0, 0, 0];
  for (let index = samples.length - 1; index > 0 && spent < WINDOW_MS; index--) {
    const [before, sample] = [samples[index - 1] as Sample, samples[index] as Sample];
    const gap = sample.at - before.at;
    if (gap > PAUSE_MS) continue;
    spent += gap;
    placed += sample.placed - before.placed;
    gestures += 1;
  }
  if (gestures < LEAST_GESTURES || placed < LEAST_PLACED || spent < LEAST_MS) return null;
  const perMinute = (placed * 60_000) / spent;
  return { perMinute, minutesLeft: left / perMinute };
}

/** What the board says of it; nothing once nothing is left. */
export function paceText(pace: Pace | null): string {
  if (pace === null || pace.minutesLeft === 0) return "";
  const { minutesLeft } = pace;
  if (minutesLeft < 1) return "less than a minute left at your pace";
  const minutes = Math.round(minutesLeft);
  if (minutes < 90) return `about ${minutes} ${minutes === 1 ? "minute" : "minutes"} left at your pace`;
  return `about ${Math.round(minutesLeft / 60)} hours left at your pace`;
}

/** The line behind it. */
export function paceNote(pace: Pace | null): string {
  if (pace === null) return "";
  const maps = Math.max(1, Math.round(pace.perMinute));
  return `${maps} ${maps === 1 ? "map" : "maps"} a minute in this sitting; pauses do not count`;
}
