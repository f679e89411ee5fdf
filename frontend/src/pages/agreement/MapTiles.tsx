import type { ReactNode } from "react";
import { NoTile, TileLink } from "../../maps/TileLink";
import styles from "./Agreement.module.css";
import { Read } from "./ClassPart";
import { MoreBelow, useMore } from "./MoreBelow";
import { useRound } from "./round";
import { type Tiles, useTiles } from "./tiles";

const HEIGHT = 104;

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
        <Read found={tiles} height={HEIGHT}>
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
  if (index === undefined || image === undefined) return <NoTile small={small} />;
  return (
    <TileLink
      run={overview.choices.run_id}
      image={image}
      tiles={tiles.store}
      map={index}
      label={`${name}; opens the explanation of its image`}
      small={small ?? false}
    />
  );
}
