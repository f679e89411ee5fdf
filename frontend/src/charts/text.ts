/** Mean advance of a letter as a share of the type size: narrow and broad letters together. */
const ADVANCE = 0.54;

/** About how wide a text is, in pixels, without asking the browser. */
export function widthOf(text: string, size: number): number {
  return [...text].length * size * ADVANCE;
}

/** The text, cut with an ellipsis so that it is at most about so wide. */
export function shortened(text: string, size: number, room: number): string {
  const letters = [...text];
  const fits = Math.max(Math.floor(room / (size * ADVANCE)), 2);
  return letters.length <= fits
    ? text
    : `${letters
        .slice(0, fits - 1)
        .join("")
        .trimEnd()}…`;
}
