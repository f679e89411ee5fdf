import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { SheetTile } from "../../maps/SheetTile";
import styles from "./Agreement.module.css";
import { Read } from "./ClassPart";
import { MoreBelow, useMore } from "./MoreBelow";
import { useRound } from "./round";
import { type Tiles, useTiles } from "./tiles";

const SIDE = 104;
const SMALL = 64;

interface MapTilesProps {
  position: number;
  maps: readonly string[];
  title: ReactNode;
}

/** Maps with a heading that says which; a click opens the explanation of their image. */
export function MapTiles({ position, maps, title }: MapTilesProps) {
  const tiles = useTiles(position);
  const more = useMore(maps);
  return (
    <section>
      <h3>{title}</h3>
      {maps.length === 0 ? (
        <p className={styles.none}>None.</p>
      ) : (
        <Read found={tiles} height={SIDE}>
          {(found) => (
            <div className={styles.tiles}>
              {more.shown.map((map, index) => (
                <MapLink key={map} tiles={found} map={map} name={`Map ${index + 1} of ${maps.length}`} />
              ))}
            </div>
          )}
        </Read>
      )}
      <MoreBelow {...more} what="map" />
    </section>
  );
}

interface MapLinkProps {
  tiles: Tiles;
  map: string;
  /** What is read aloud before what a click does. */
  name: string;
  small?: boolean;
}

/** One map, as the board shows it. */
export function MapLink({ tiles, map, name, small }: MapLinkProps) {
  const { overview } = useRound();
  const index = tiles.indexOf.get(map);
  const image = tiles.imageOf.get(map);
  const className = small ? `${styles.tile} ${styles.small}` : (styles.tile as string);
  if (index === undefined || image === undefined) return <span className={className} />;
  return (
    <Link
      to="/explain/$run/$image"
      params={{ run: overview.choices.run_id, image }}
      className={className}
      aria-label={`${name}; opens the explanation of its image`}
    >
      <SheetTile tiles={tiles.store} map={index} side={small ? SMALL : SIDE} />
    </Link>
  );
}
