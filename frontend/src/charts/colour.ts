import tokens from "../theme/tokens.css?raw";

/** Red, green and blue from 0 to 255. */
export type Rgb = readonly [number, number, number];
export type ThemeName = "light" | "dark";

const DARK = ':root[data-theme="dark"]';

/** The colours of `tokens.css` by name, in both themes. */
export const PALETTES: Readonly<Record<ThemeName, ReadonlyMap<string, Rgb>>> = {
  light: colours(tokens.slice(0, tokens.indexOf("}"))),
  dark: colours(tokens.slice(tokens.indexOf(DARK))),
};

function colours(css: string): ReadonlyMap<string, Rgb> {
  const found = css.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g);
  return new Map(Array.from(found, ([, name = "", hex = ""]) => [name, fromHex(hex)]));
}

function fromHex(hex: string): Rgb {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
}

/** What `color-mix(in srgb, to share, from)` gives. */
export function mixed(from: Rgb, to: Rgb, share: number): Rgb {
  return from.map((value, index) => value + ((to[index] as number) - value) * share) as unknown as Rgb;
}

/** Contrast of two colours by WCAG 2: 1 to 21. */
export function contrast(first: Rgb, second: Rgb): number {
  const [low, high] = [luminance(first), luminance(second)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** How much of the accent a tint holds, and the token of the text that is read on it. */
export interface Tint {
  readonly share: number;
  readonly text: "ink" | "on-accent";
}

const ENOUGH = 4.5;
const FAINTEST = 0.06;
const STEPS = 200;

/** The tint for a value from 0 to 1: about so much of the accent, moved to where one of both texts can be read. */
export function tintIn(theme: ThemeName, value: number): Tint {
  const within = Math.min(Math.max(value, 0), 1);
  const wanted = Math.round((FAINTEST + (1 - FAINTEST) * within) * STEPS);
  for (let off = 0; off <= STEPS; off += 1) {
    for (const step of [wanted - off, wanted + off]) {
      const share = step / STEPS;
      const text = share >= 0 && share <= 1 ? readable(theme, share) : null;
      if (text) return { share, text };
    }
  }
  throw new Error(`No text of the ${theme} theme can be read on its accent.`);
}

function readable(theme: ThemeName, share: number): Tint["text"] | null {
  const get = (name: string) => PALETTES[theme].get(name) as Rgb;
  const ground = mixed(get("sunken"), get("accent"), share);
  const best = (["ink", "on-accent"] as const).toSorted(
    (a, b) => contrast(get(b), ground) - contrast(get(a), ground),
  )[0] as Tint["text"];
  return contrast(get(best), ground) >= ENOUGH ? best : null;
}

/** The tint for a value from 0 to 1 as CSS colours that follow the theme: the ground, and the text on it. */
export function tinted(value: number): { ground: string; text: string } {
  const light = tintIn("light", value);
  const dark = tintIn("dark", value);
  const ground = ({ share }: Tint) =>
    `color-mix(in srgb, var(--accent) ${(share * 100).toFixed(1)}%, var(--sunken))`;
  return {
    ground: `light-dark(${ground(light)}, ${ground(dark)})`,
    text: `light-dark(var(--${light.text}), var(--${dark.text}))`,
  };
}
