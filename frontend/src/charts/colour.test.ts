import { expect, test } from "vitest";
import { contrast, mixed, PALETTES, type Rgb, tinted, tintIn } from "./colour";

const SHARES = Array.from({ length: 101 }, (_, index) => index / 100);

test("the palettes are those of the tokens, one for each theme", () => {
  expect(PALETTES.light.get("accent")).toEqual([42, 74, 148]);
  expect(PALETTES.dark.get("accent")).toEqual([147, 174, 242]);
  expect([...PALETTES.dark.keys()]).toEqual([...PALETTES.light.keys()]);
});

test("contrast is that of WCAG", () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 10);
  expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.48, 2);
});

for (const theme of ["light", "dark"] as const) {
  test(`on every tint of the ${theme} theme the text can be read, and a larger value is never fainter`, () => {
    const palette = PALETTES[theme];
    let before = 0;
    for (const value of SHARES) {
      const tint = tintIn(theme, value);
      const ground = mixed(palette.get("sunken") as Rgb, palette.get("accent") as Rgb, tint.share);

      expect(contrast(palette.get(tint.text) as Rgb, ground)).toBeGreaterThanOrEqual(4.5);
      expect(tint.share).toBeGreaterThanOrEqual(before);
      before = tint.share;
    }
    expect(before).toBe(1);
  });
}

test("a tint follows the theme by itself", () => {
  expect(tinted(1)).toEqual({
    ground:
      "light-dark(color-mix(in srgb, var(--accent) 100.0%, var(--sunken)), color-mix(in srgb, var(--accent) 100.0%, var(--sunken)))",
    text: "light-dark(var(--on-accent), var(--on-accent))",
  });
});
