import { memo, useLayoutEffect, useRef, useState } from "react";
import { composeTile, type MapStyle } from "./compose";
import styles from "./SheetTile.module.css";
import type { Tile, TileStore } from "./sheets";
import { useMapView } from "./view";

interface SheetTileProps {
  tiles: TileStore;
  /** Its index in the store. */
  map: number;
  /** In CSS pixels. */
  side: number;
}

/** The photograph of a map with the map over it, cut from sprite sheets, as large as its place. */
export const SheetTile = memo(function SheetTile({ tiles, map, side }: SheetTileProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [failed, setFailed] = useState(false);
  const { style, strength } = useMapView();
  // Drawn before the page is painted: a tile that is there already never shows empty.
  useLayoutEffect(() => {
    let wanted = true;
    const show = (tile: Tile) => {
      if (wanted && canvas.current) draw(canvas.current, tile, style, strength, side);
    };
    const known = tiles.known(map);
    if (known) show(known);
    else tiles.tile(map).then(show, () => wanted && setFailed(true));
    return () => {
      wanted = false;
    };
  }, [tiles, map, style, strength, side]);
  return (
    <>
      <canvas ref={canvas} className={styles.picture} aria-hidden />
      {failed ? <span className={styles.failed}>This picture did not load</span> : null}
    </>
  );
});

function draw(canvas: HTMLCanvasElement, tile: Tile, style: MapStyle, strength: number, side: number): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const pixels = Math.round(side * Math.min(globalThis.devicePixelRatio || 1, 2));
  canvas.width = pixels;
  canvas.height = pixels;
  composeTile(tile.photo, tile.cells, style, strength, context, pixels, tile.part);
  canvas.dataset.drawn = "true";
}
