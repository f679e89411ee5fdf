import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { pairMapsQuery } from "../../api/namings";
import type { NamePair } from "../../api/types";
import { Sentence } from "../../components/Failed";
import { count, many } from "../../components/format";
import { TileLink } from "../../maps/TileLink";
import styles from "./Judgements.module.css";
import { PairTiles } from "./pairTiles";

interface MapsInCommonProps {
  project: string;
  round: string | undefined;
  pair: NamePair;
}

/** The maps that one annotator gave the one name and another the other; read once they are asked for. */
export function MapsInCommon(props: MapsInCommonProps) {
  const [open, setOpen] = useState(false);
  const [pictures] = useState(() => new PairTiles());
  useEffect(() => () => pictures.close(), [pictures]);
  return (
    <details className={styles.maps} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Maps in common</summary>
      {open ? <Maps {...props} pictures={pictures} /> : null}
    </details>
  );
}

function Maps({ project, round, pair, pictures }: MapsInCommonProps & { pictures: PairTiles }) {
  const { data, error } = useQuery(pairMapsQuery(project, round, pair));
  const tiles = data ? pictures.of(data) : [];
  return (
    <>
      <p>{data ? shownOf(tiles.length, data.n_maps) : " "}</p>
      <Sentence error={error} />
      <div className={styles.tiles} aria-busy={!data && !error}>
        {tiles.map(({ map, run, image, store, place }) => (
          <TileLink
            key={map}
            run={run}
            image={image}
            tiles={store}
            map={place}
            label="A map; opens the explanation of its image in a new tab"
            newTab
          />
        ))}
      </div>
    </>
  );
}

function shownOf(shown: number, all: number): string {
  if (all === 0) return "No two annotators gave these names to the same map.";
  return shown < all ? `${count(shown)} of ${many(all, "map")}` : many(all, "map");
}
