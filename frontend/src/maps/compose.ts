import { type Cells, smoothed, upsample } from "./cells";
import { CONTOUR_LEVEL, contourSegments } from "./contour";
import { heatRamp } from "./ramp";

export type MapStyle = "heat" | "mask" | "contour";

/** A part of a picture, for photographs that lie in a sprite sheet. */
export interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Overlays are computed at most this fine and enlarged by the canvas: beyond it no eye sees a difference. */
const FINEST = 160;
const CONTOUR_GRID = 48;

/**
 * Red, green, blue, alpha of the overlay for `heat` and `mask`, from map values 0 … 1.
 *
 * Heat covers the photograph more where the map is stronger; a mask darkens what the map leaves out. At strength 0
 * both are clear.
 */
export function overlayPixels(
  values: Float32Array,
  style: "heat" | "mask",
  strength: number,
): Uint8ClampedArray<ArrayBuffer> {
  const shades = shadesOf(style, strength);
  const pixels = new Uint32Array(values.length);
  for (let index = 0; index < values.length; index++) {
    pixels[index] = shades[((values[index] as number) * FINENESS + 0.5) | 0] as number;
  }
  return new Uint8ClampedArray(pixels.buffer);
}

/** Values told apart by an overlay: finer than the eight bits of its alpha. */
const FINENESS = 1023;
let lastShades: { key: string; shades: Uint32Array } | undefined;

/** The pixel of each value 0 … 1 in steps of 1 / FINENESS; computed once for all tiles that are drawn alike. */
function shadesOf(style: "heat" | "mask", strength: number): Uint32Array {
  const key = `${style} ${strength}`;
  if (lastShades?.key === key) return lastShades.shades;
  const pixels = new Uint8ClampedArray(4 * (FINENESS + 1));
  for (let step = 0; step <= FINENESS; step++) {
    const value = step / FINENESS;
    const pixel = step * 4;
    if (style === "heat") {
      const colour = Math.round(value * 255) * 3;
      pixels[pixel] = heatRamp[colour] as number;
      pixels[pixel + 1] = heatRamp[colour + 1] as number;
      pixels[pixel + 2] = heatRamp[colour + 2] as number;
      pixels[pixel + 3] = 255 * strength * Math.sqrt(value) * (0.35 + 0.65 * value);
    } else {
      pixels[pixel + 3] = 255 * strength * (1 - smooth(value));
    }
  }
  lastShades = { key, shades: new Uint32Array(pixels.buffer) };
  return lastShades.shades;
}

/** 0 below 0.15, 1 above 0.6, smooth between: a mask shows what counts and hides what does not. */
function smooth(value: number): number {
  const inside = Math.min(Math.max((value - 0.15) / 0.45, 0), 1);
  return inside * inside * (3 - 2 * inside);
}

let scratch: HTMLCanvasElement | undefined;

function scratchContext(size: number): CanvasRenderingContext2D {
  scratch ??= document.createElement("canvas");
  if (scratch.width !== size) {
    scratch.width = size;
    scratch.height = size;
  }
  const context = scratch.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("This browser gives no canvas to draw maps on.");
  return context;
}

/**
 * Draw a photograph with its map over it into `target`, `size × size` device pixels from its origin.
 *
 * `strength` runs from 0 (the photograph alone) to 1. Heat and mask lie on the
 * smoothed map; contours at `CONTOUR_LEVEL` of the maximum of the bilinear one, as the pointing game sees it. `part` takes the photograph out of a sprite sheet.
 */
export function composeTile(
  photo: CanvasImageSource,
  cells: Cells,
  style: MapStyle,
  strength: number,
  target: CanvasRenderingContext2D,
  size: number,
  part?: Part,
): void {
  target.clearRect(0, 0, size, size);
  if (part) target.drawImage(photo, part.x, part.y, part.width, part.height, 0, 0, size, size);
  else target.drawImage(photo, 0, 0, size, size);
  if (strength <= 0) return;
  if (style === "contour") drawContour(cells, strength, target, size);
  else drawOverlay(cells, style, strength, target, size);
}

function drawOverlay(
  cells: Cells,
  style: "heat" | "mask",
  strength: number,
  target: CanvasRenderingContext2D,
  size: number,
): void {
  const fine = Math.min(size, FINEST);
  const context = scratchContext(fine);
  context.putImageData(
    new ImageData(overlayPixels(smoothed(cells, fine), style, strength), fine, fine),
    0,
    0,
  );
  target.imageSmoothingEnabled = true;
  target.drawImage(context.canvas, 0, 0, size, size);
}

function drawContour(cells: Cells, strength: number, target: CanvasRenderingContext2D, size: number): void {
  const scale = size / CONTOUR_GRID;
  const line = Math.max(1.5, size / 90);
  target.save();
  target.globalAlpha = strength;
  target.lineCap = "round";
  target.beginPath();
  for (const [from, to] of contourSegments(upsample(cells, CONTOUR_GRID), CONTOUR_GRID, CONTOUR_LEVEL)) {
    target.moveTo(from[0] * scale, from[1] * scale);
    target.lineTo(to[0] * scale, to[1] * scale);
  }
  // A dark line under a bright one is seen on any photograph.
  target.strokeStyle = "rgb(20 16 10 / .75)";
  target.lineWidth = line * 2.2;
  target.stroke();
  target.strokeStyle = "#ffd84a";
  target.lineWidth = line;
  target.stroke();
  target.restore();
}
