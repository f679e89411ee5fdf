import { useEffect, useRef } from "react";
import { useConductor } from "../context";
import { dragMap } from "../drag";
import styles from "./ConceptCard.module.css";
import grid from "./MapGrid.module.css";
import { TilePicture } from "./Tile";

const MOST = 8;
const SIDE = 56;

/** The first maps of a place in small, each to be dragged elsewhere; a click opens the place in the grid. */
export function MiniTiles({ maps, place }: { maps: readonly number[]; place: string }) {
  const conductor = useConductor();
  if (maps.length === 0) return <p className={styles.none}>Drop maps here</p>;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the count in the card's head is the button for this
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div className={styles.minis} onClick={() => conductor.togglePlace(place)}>
      {maps.slice(0, MOST).map((map) => (
        <Mini key={map} map={map} />
      ))}
    </div>
  );
}

/** How many maps are at a place; opens and closes it in the grid. */
export function CountButton({ maps, place }: { maps: number; place: string }) {
  const conductor = useConductor();
  return (
    <button type="button" className={styles.count} onClick={() => conductor.togglePlace(place)}>
      {maps === 1 ? "1 map" : `${maps} maps`}
    </button>
  );
}

function Mini({ map }: { map: number }) {
  const conductor = useConductor();
  const tile = useRef<HTMLSpanElement>(null);
  useEffect(
    () => (tile.current ? dragMap(tile.current, map, conductor, grid.dragged as string) : undefined),
    [map, conductor],
  );
  return (
    <span ref={tile} className={styles.mini}>
      <TilePicture map={map} side={SIDE} />
    </span>
  );
}
