import { describe, expect, test } from "vitest";
import { type Cells, decodeCells, smoothed, upsample } from "./cells";
import { overlayPixels } from "./compose";
import { contourSegments } from "./contour";
import { heatRamp } from "./ramp";

const cells = (height: number, width: number, values: number[]): Cells => ({
  height,
  width,
  values: Uint8Array.from(values),
});

describe("enlarging a map", () => {
  test("keeps the cells where pixels and cells are the same", () => {
    expect([...upsample(cells(2, 2, [0, 255, 51, 102]), 2)].map((value) => Math.round(value * 255))).toEqual([
      0, 255, 51, 102,
    ]);
  });

  test("mixes neighbours by the distance of their centres, and repeats the border", () => {
    const row = [...upsample(cells(1, 2, [0, 255]), 4)].slice(0, 4);

    expect(row).toEqual([0, 0.25, 0.75, 1]);
  });

  test("agrees with the formula at every pixel of an uneven map", () => {
    const map = cells(3, 5, [0, 40, 200, 10, 255, 90, 0, 0, 30, 17, 255, 255, 5, 6, 80]);
    const size = 16;
    const place = (pixel: number, count: number) =>
      Math.min(Math.max(((pixel + 0.5) * count) / size - 0.5, 0), count - 1);
    const at = (y: number, x: number) => map.values[y * 5 + x] as number;

    const found = upsample(map, size);

    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const py = place(y, 3);
        const px = place(x, 5);
        let expected = 0;
        for (let cy = 0; cy < 3; cy++) {
          for (let cx = 0; cx < 5; cx++) {
            expected += at(cy, cx) * Math.max(0, 1 - Math.abs(py - cy)) * Math.max(0, 1 - Math.abs(px - cx));
          }
        }
        expect(found[y * size + x]).toBeCloseTo(expected / 255, 5);
      }
    }
  });

  test("refuses a map whose cells do not fit its size", () => {
    expect(() => upsample(cells(2, 2, [1, 2, 3]), 4)).toThrow("2 × 2 cells came with 3 values");
    expect(() => decodeCells(2, 2, btoa("abc"))).toThrow("2 × 2 cells came with 3 values");
    expect([...decodeCells(1, 3, btoa("abc")).values]).toEqual([97, 98, 99]);
  });
});

describe("smoothing a map", () => {
  test("keeps the cells where pixels and cells are the same, and never leaves 0 to 1", () => {
    const map = cells(2, 3, [0, 255, 51, 102, 0, 255]);

    expect([...smoothed(map, 3)].slice(0, 3).every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(
      [...smoothed(cells(3, 3, [9, 0, 0, 0, 255, 0, 0, 0, 18]), 3)].map((value) => Math.round(value * 255)),
    ).toEqual([9, 0, 0, 0, 255, 0, 0, 0, 18]);
  });

  test("leaves an even map even", () => {
    for (const value of smoothed(cells(4, 4, Array(16).fill(128)), 20))
      expect(value).toBeCloseTo(128 / 255, 5);
  });

  test("has no ridge across a maximum: at equal distance it is nearly equal in every direction", () => {
    const peak = smoothed(
      cells(
        5,
        5,
        Array.from({ length: 25 }, (_, index) => (index === 12 ? 255 : 0)),
      ),
      101,
    );
    const bilinear = upsample(
      cells(
        5,
        5,
        Array.from({ length: 25 }, (_, index) => (index === 12 ? 255 : 0)),
      ),
      101,
    );
    const ratio = (values: Float32Array) =>
      (values[50 * 101 + 64] as number) / (values[60 * 101 + 60] as number);

    expect(ratio(peak)).toBeLessThan(1.25);
    expect(ratio(peak)).toBeLessThan(ratio(bilinear));
  });
});

describe("the heat colours", () => {
  /** OKLab lightness of an sRGB colour (Ottosson 2020), independent of how the ramp was made. */
  const lightness = (step: number) => {
    const [r, g, b] = [0, 1, 2].map((channel) => {
      const encoded = (heatRamp[step * 3 + channel] as number) / 255;
      return encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  };

  test("grow lighter by equal steps", () => {
    const whole = lightness(255) - lightness(0);

    for (let step = 0; step < 256; step++) {
      expect(lightness(step)).toBeCloseTo(lightness(0) + (whole * step) / 255, 1.9);
    }
    expect(whole).toBeGreaterThan(0.65);
  });
});

describe("the overlay", () => {
  test("is clear at strength nothing, in every style", () => {
    const values = Float32Array.from([0, 0.3, 1]);

    for (const style of ["heat", "mask"] as const) {
      const alphas = [...overlayPixels(values, style, 0)].filter((_, index) => index % 4 === 3);
      expect(alphas).toEqual([0, 0, 0]);
    }
  });

  test("covers more where the map is stronger as heat, and less as a mask", () => {
    const values = Float32Array.from([0, 0.25, 0.5, 1]);
    const alphas = (style: "heat" | "mask") =>
      [...overlayPixels(values, style, 1)].filter((_, index) => index % 4 === 3);

    expect(alphas("heat")).toEqual([...alphas("heat")].sort((a, b) => a - b));
    expect(alphas("heat")[0]).toBe(0);
    expect(alphas("mask")).toEqual([...alphas("mask")].sort((a, b) => b - a));
    expect(alphas("mask")[3]).toBe(0);
  });
});

describe("contours", () => {
  test("lie on a circle where the map is a cone", () => {
    const size = 41;
    const centre = 20.5;
    const values = Float32Array.from({ length: size * size }, (_, index) => {
      const x = (index % size) + 0.5 - centre;
      const y = Math.floor(index / size) + 0.5 - centre;
      return 1 - Math.hypot(x, y) / 20;
    });

    const points = contourSegments(values, size, 0.5).flat();

    expect(points.length).toBeGreaterThan(40);
    for (const [x, y] of points) expect(Math.hypot(x - centre, y - centre)).toBeCloseTo(10, 1);
  });

  test("close where a region touches the border", () => {
    const segments = contourSegments(Float32Array.from([1, 0, 0, 0]), 2, 0.5);
    const ends = new Map<string, number>();
    for (const point of segments.flat()) ends.set(point.join(), (ends.get(point.join()) ?? 0) + 1);

    expect([...ends.values()].every((count) => count % 2 === 0)).toBe(true);
    expect(segments.length).toBeGreaterThan(0);
  });

  test("are none where nothing reaches the level", () => {
    expect(contourSegments(Float32Array.from([0.1, 0.2, 0.3, 0.4]), 2, 0.5)).toEqual([]);
  });
});
