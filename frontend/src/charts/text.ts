/** Advances of letters as shares of the type size; Inter and Source Serif differ by less than this is exact. */
const NARROW = /[ijltfrI .,:;'’|()[\]-]/;
const BROAD = /[A-Z0-9mw%—…]/;

/** About how wide a text is, in pixels, without asking the browser. */
export function widthOf(text: string, size: number): number {
  let width = 0;
  for (const letter of text) width += NARROW.test(letter) ? 0.34 : BROAD.test(letter) ? 0.68 : 0.57;
  return width * size;
}

/** The text, cut with an ellipsis where it is wider than the room. */
export function shortened(text: string, size: number, room: number): string {
  if (widthOf(text, size) <= room) return text;
  const letters = [...text];
  while (letters.length > 1 && widthOf(`${letters.join("")}…`, size) > room) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}
