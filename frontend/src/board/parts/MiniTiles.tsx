import { useEffect, useMemo, useRef } from "react";
import { TileStrip } from "../../maps/TileStrip";
import { useConductor } from "../context";
import { dragMap } from "../drag";
import styles from "./ConceptCard.module.css";
import grid from "./MapGrid.module.css";

const COLUMNS = 4;
const ROWS = 2;
const SIDE = 56;
const GAP = 5;
const RADIUS = 4;

/** The first maps of a place in small, each to be dragged elsewhere; a click opens the place in the grid. */
export function MiniTiles({ maps, place }: { maps: readonly number[]; place: string }) {
  const conductor = useConductor();
  const shown = useMemo(() => maps.slice(0, COLUMNS * ROWS), [maps]);
  if (maps.length === 0) return <p className={styles.none}>Drop maps here</p>;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the count in the card's head is the button for this
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div className={styles.minis} onClick={() => conductor.togglePlace(place)}>
      <TileStrip
        tiles={conductor.tiles}
        maps={shown}
        columns={COLUMNS}
        side={SIDE}
        gap={GAP}
        radius={RADIUS}
      />
      {shown.map((map, position) => (
        <Mini key={map} map={map} position={position} rows={Math.ceil(shown.length / COLUMNS)} />
      ))}
    </div>
  );
}

/** How many maps are at a place; opens and closes it in the grid. */
export function CountButton({ maps, place }: { maps: number; place: string }) {
  const conductor = useConductor();
  return (
    <button type="button" className={styles.count} onClick={() => conductor.togglePlace(place)}>
      {maps}
      <span className={styles.unit}> {maps === 1 ? "map" : "maps"}</span>
    </button>
  );
}

/** Lies over its picture, to be dragged. */
function Mini({ map, position, rows }: { map: number; position: number; rows: number }) {
  const conductor = useConductor();
  const tile = useRef<HTMLSpanElement>(null);
  useEffect(
    () => (tile.current ? dragMap(tile.current, map, conductor, grid.dragged as string) : undefined),
    [map, conductor],
  );
  const [row, column] = [Math.floor(position / COLUMNS), position % COLUMNS];
  return (
    <span
      ref={tile}
      className={styles.mini}
      style={{
        left: share(column * (SIDE + GAP), COLUMNS),
        top: share(row * (SIDE + GAP), rows),
        width: share(SIDE, COLUMNS),
        height: share(SIDE, rows),
      }}
    />
  );
}

/** A length within so many tiles and the gaps between them. */
function share(length: number, tiles: number): string {
  return `${(100 * length) / (tiles * (SIDE + GAP) - GAP)}%`;
}
