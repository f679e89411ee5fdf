import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/Button";
import { many } from "../../components/format";
import { SheetTile } from "../../maps/SheetTile";
import styles from "./Agreement.module.css";
import { useRound } from "./round";
import { useTiles } from "./tiles";

const AT_FIRST = 24;
const SIDE = 104;
const SMALL = 64;

interface MapTilesProps {
  position: number;
  maps: readonly string[];
  title: ReactNode;
}

/** Maps with a heading that says which; a click opens the explanation of their image. */
export function MapTiles({ position, maps, title }: MapTilesProps) {
  const [all, setAll] = useState(false);
  const shown = all ? maps : maps.slice(0, AT_FIRST);
  return (
    <section>
      <h3>{title}</h3>
      {maps.length === 0 ? <p className={styles.none}>None.</p> : null}
      <div className={styles.tiles}>
        {shown.map((map) => (
          <MapLink key={map} position={position} map={map} />
        ))}
      </div>
      {shown.length < maps.length ? (
        <div className={styles.more}>
          <Button look="quiet" onClick={() => setAll(true)}>
            Show all {many(maps.length, "map")}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

/** One map, as the board shows it. */
export function MapLink({ position, map, small }: { position: number; map: string; small?: boolean }) {
  const { overview } = useRound();
  const tiles = useTiles(position);
  const index = tiles?.indexOf.get(map);
  const image = tiles?.imageOf.get(map);
  const className = small ? `${styles.tile} ${styles.small}` : (styles.tile as string);
  if (!tiles || index === undefined || image === undefined) {
    return <span className={className} aria-busy={!tiles} />;
  }
  return (
    <Link
      to="/explain/$run/$image"
      params={{ run: overview.choices.run_id, image }}
      className={className}
      aria-label="A map; opens the explanation of its image"
    >
      <SheetTile tiles={tiles.store} map={index} side={small ? SMALL : SIDE} />
    </Link>
  );
}
