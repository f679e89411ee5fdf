/**
 * The heat colours: 256 steps of equal difference in OKLab lightness, from a dark violet over red and orange to a
 * pale yellow, so that twice the activation looks like twice the step, also in grey and to colour-blind eyes.
 */
const STEPS = 256;
const DARKEST = 0.22;
const LIGHTEST = 0.94;
const HUE_DARK = 300;
const HUE_LIGHT = 460;
const CHROMA = 0.19;

/** `256 × 3` bytes, red green blue. */
export const heatRamp: Uint8Array = buildRamp();

function buildRamp(): Uint8Array {
  const ramp = new Uint8Array(STEPS * 3);
  for (let step = 0; step < STEPS; step++) {
    const share = step / (STEPS - 1);
    const lightness = DARKEST + (LIGHTEST - DARKEST) * share;
    const hue = ((HUE_DARK + (HUE_LIGHT - HUE_DARK) * share ** 0.75) * Math.PI) / 180;
    const rounded = CHROMA * Math.sin(Math.PI * (0.14 + 0.72 * share)) ** 0.8;
    ramp.set(insideScreen(lightness, rounded, hue), step * 3);
  }
  return ramp;
}

/** The colour with its chroma lowered until a screen can show it; lightness and hue stay. */
function insideScreen(lightness: number, chroma: number, hue: number): number[] {
  for (let left = chroma; left > 0; left -= 0.002) {
    const colour = fromOklab(lightness, left * Math.cos(hue), left * Math.sin(hue));
    if (colour.every((channel) => channel >= -1e-6 && channel <= 1 + 1e-6)) return colour.map(toByte);
  }
  return fromOklab(lightness, 0, 0).map(toByte);
}

/** Linear-light red, green, blue of an OKLab colour (Ottosson 2020). */
function fromOklab(lightness: number, a: number, b: number): number[] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function toByte(linear: number): number {
  const inside = Math.min(Math.max(linear, 0), 1);
  const encoded = inside <= 0.0031308 ? 12.92 * inside : 1.055 * inside ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255);
}
