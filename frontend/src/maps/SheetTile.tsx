import { memo, useMemo } from "react";
import type { TileStore } from "./sheets";
import { TileStrip } from "./TileStrip";

interface SheetTileProps {
  tiles: TileStore;
  /** Its index in the store. */
  map: number;
  /** In CSS pixels. */
  side: number;
}

const RADIUS = 4;

/** The photograph of a map with the map over it, cut from sprite sheets, as large as its place. */
export const SheetTile = memo(function SheetTile({ tiles, map, side }: SheetTileProps) {
  const maps = useMemo(() => [map], [map]);
  return <TileStrip tiles={tiles} maps={maps} columns={1} side={side} radius={RADIUS} />;
});
