import { memo, useEffect, useRef, useState } from "react";
import { composeTile } from "./compose";
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
  const [tile, setTile] = useState<Tile | null>(() => tiles.known(map));
  const [failed, setFailed] = useState(false);
  const { style, strength } = useMapView();
  useEffect(() => {
    let wanted = true;
    const known = tiles.known(map);
    setTile(known);
    if (!known) {
      tiles.tile(map).then(
        (found) => wanted && setTile(found),
        () => wanted && setFailed(true),
      );
    }
    return () => {
      wanted = false;
    };
  }, [tiles, map]);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !tile) return;
    const pixels = Math.round(side * Math.min(globalThis.devicePixelRatio || 1, 2));
    context.canvas.width = pixels;
    context.canvas.height = pixels;
    composeTile(tile.photo, tile.cells, style, strength, context, pixels, tile.part);
  }, [tile, style, strength, side]);
  return (
    <>
      <canvas ref={canvas} className={styles.picture} data-drawn={tile ? true : undefined} aria-hidden />
      {failed ? <span className={styles.failed}>This picture did not load</span> : null}
    </>
  );
});
