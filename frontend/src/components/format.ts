const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

/** What is not defined is shown as a dash, never as 0. */
export const UNDEFINED = "–";

/** 10,000 rather than 10000. */
export function count(value: number | null): string {
  return value === null ? UNDEFINED : whole.format(value);
}

/** "1 image", "2 images". */
export function many(value: number, one: string, several = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : several}`;
}

/**
 * The number with so many decimals, as Python and therefore the command line print the same double: `toFixed` but for
 * ties, which it rounds away from zero and Python to the even digit.
 */
export function rounded(value: number, digits: number): string {
  const text = value.toFixed(digits);
  // A double lies halfway between two such decimals exactly where it is an odd multiple of 2^-(digits + 1).
  const tied = Math.abs((value * 2 ** (digits + 1)) % 2) === 1;
  const last = Number(text.at(-1));
  return tied && last % 2 === 1 ? `${text.slice(0, -1)}${last - 1}` : text;
}

export function fixed(value: number | null | undefined, digits = 2): string {
  return value === null || value === undefined || !Number.isFinite(value)
    ? UNDEFINED
    : rounded(value, digits).replace("-", "−");
}

/** A share as a percentage, its sign never on a line of its own: 0.9339 → "93.4 %". */
export function percent(value: number | null | undefined, digits = 1): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return UNDEFINED;
  return `${rounded(value * 100, digits)}\u00a0%`;
}

/** The p of a test with three decimals, never as 0 or 1. */
export function pText(p: number | null | undefined): string {
  if (p === null || p === undefined || !Number.isFinite(p)) return UNDEFINED;
  if (p < 0.001) return "< 0.001";
  const text = rounded(p, 3);
  return text === "1.000" ? "> 0.999" : text;
}

/** "about 6 min left"; null where nobody knows yet. */
export function timeLeft(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return "";
  if (seconds < 10) return "a few seconds left";
  if (seconds < 55) return `about ${Math.ceil(seconds / 10) * 10} s left`;
  if (seconds < 3600) return `about ${Math.round(seconds / 60)} min left`;
  const hours = Math.floor(seconds / 3600);
  return `about ${hours} h ${Math.round((seconds % 3600) / 60)} min left`;
}

/** How long something took. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.max(Math.round(seconds), 1)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}

export function bytes(size: number): string {
  if (size < 1_000_000) return `${Math.max(1, Math.round(size / 1000))} kB`;
  if (size < 1_000_000_000) return `${(size / 1_000_000).toFixed(1)} MB`;
  return `${(size / 1_000_000_000).toFixed(1)} GB`;
}

const clock = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });

/** When: "just now", "5 min ago", then the date. */
export function when(moment: string, now: Date = new Date()): string {
  const then = new Date(moment);
  const seconds = (now.getTime() - then.getTime()) / 1000;
  if (seconds < 60) return "just now";
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400 && then.getDate() === now.getDate())
    return `today, ${clock.format(then).split(", ").pop()}`;
  return day.format(then);
}

export function exactly(moment: string): string {
  return clock.format(new Date(moment));
}
