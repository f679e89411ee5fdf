import { memo, useLayoutEffect, useRef, useState } from "react";
import type { Look } from "./pictures";
import type { TileStore } from "./sheets";
import styles from "./TileStrip.module.css";
import { useMapView } from "./view";

interface TileStripProps {
  tiles: TileStore;
  /** Indices in the store, row by row. */
  maps: readonly number[];
  columns: number;
  /** Of a tile and between tiles, in CSS pixels. */
  side: number;
  gap?: number;
  /** Of a tile's corners, in CSS pixels. */
  radius?: number;
}

/**
 * Tiles side by side in one picture: photographs with their maps over them, cut from sprite sheets.
 *
 * One picture for many tiles, because a browser moves each canvas of a page by itself in every frame of a scroll.
 */
export const TileStrip = memo(function TileStrip(props: TileStripProps) {
  const { tiles, maps, columns, side, gap = 0, radius = 0 } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [failed, setFailed] = useState<ReadonlySet<number>>(NONE);
  const { style, strength } = useMapView();
  // Drawn before the page is painted: a tile that is there already never shows empty.
  useLayoutEffect(() => {
    const target = canvas.current;
    if (!target) return;
    const scale = Math.min(globalThis.devicePixelRatio || 1, 2);
    const [pixels, between] = [Math.round(side * scale), Math.round(gap * scale)];
    const look = { style, strength, side: pixels, radius: radius * scale };
    let frame = 0;
    const paint = () => {
      frame = 0;
      paintStrip(target, tiles, maps, columns, between, look);
    };
    const soon = () => {
      frame ||= requestAnimationFrame(paint);
    };
    let wanted = true;
    paint();
    for (const map of maps) {
      if (tiles.known(map)) continue;
      tiles.tile(map).then(
        () => wanted && soon(),
        () => wanted && setFailed((before) => new Set([...before, map])),
      );
    }
    return () => {
      wanted = false;
      cancelAnimationFrame(frame);
    };
  }, [tiles, maps, columns, side, gap, radius, style, strength]);
  const share = (length: number) => `${(100 * length) / (columns * (side + gap) - gap)}%`;
  return (
    <span className={styles.strip}>
      <canvas ref={canvas} aria-hidden />
      {maps.map((map, position) =>
        failed.has(map) ? (
          <span
            key={map}
            className={styles.failed}
            style={{ left: share((position % columns) * (side + gap)), width: share(side) }}
          >
            This picture did not load
          </span>
        ) : null,
      )}
    </span>
  );
});

const NONE: ReadonlySet<number> = new Set();
let scratch: OffscreenCanvas | undefined;

/**
 * Draw what is there, at once and as a bitmap: a canvas with a drawing context is copied in every frame in which the
 * page scrolls, a bitmap only when it changes.
 */
function paintStrip(
  target: HTMLCanvasElement,
  tiles: TileStore,
  maps: readonly number[],
  columns: number,
  gap: number,
  look: Look,
): void {
  const pitch = look.side + gap;
  scratch ??= new OffscreenCanvas(1, 1);
  scratch.width = columns * pitch - gap;
  scratch.height = Math.ceil(maps.length / columns) * pitch - gap;
  const context = scratch.getContext("2d");
  const shown = target.getContext("bitmaprenderer");
  if (!context || !shown) return;
  let missing = 0;
  maps.forEach((map, position) => {
    const tile = tiles.known(map);
    const row = Math.floor(position / columns);
    if (tile) {
      context.drawImage(tiles.pictures.of(map, tile, look), (position - row * columns) * pitch, row * pitch);
    } else missing += 1;
  });
  target.width = scratch.width;
  target.height = scratch.height;
  shown.transferFromImageBitmap(scratch.transferToImageBitmap());
  target.toggleAttribute("data-drawn", missing === 0);
}
