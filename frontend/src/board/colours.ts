const COLOURS = 12;

/** The colour of the concept with this number (1 …); it never stands without the number. */
export function colourOf(number: number): string {
  return `var(--c${((number - 1) % COLOURS) + 1})`;
}
