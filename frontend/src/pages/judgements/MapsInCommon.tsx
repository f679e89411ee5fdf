import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { pairMapsQuery } from "../../api/namings";
import type { NamePair } from "../../api/types";
import { Sentence } from "../../components/Failed";
import { count, many } from "../../components/format";
import { SheetTile } from "../../maps/SheetTile";
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

const SIDE = 104;

function Maps({ project, round, pair, pictures }: MapsInCommonProps & { pictures: PairTiles }) {
  const { data, error } = useQuery(pairMapsQuery(project, round, pair));
  const tiles = data ? pictures.of(data) : [];
  return (
    <>
      <p>{data ? shownOf(tiles.length, data.n_maps) : " "}</p>
      <Sentence error={error} />
      <div className={styles.tiles} aria-busy={!data && !error}>
        {tiles.map(({ map, run, image, store, place }) => (
          <Link
            key={map}
            to="/explain/$run/$image"
            params={{ run, image }}
            target="_blank"
            className={styles.tile}
            aria-label="A map; opens the explanation of its image in a new tab"
          >
            <SheetTile tiles={store} map={place} side={SIDE} />
          </Link>
        ))}
      </div>
    </>
  );
}

function shownOf(shown: number, all: number): string {
  if (all === 0) return "No two annotators gave these names to the same map.";
  return shown < all ? `${count(shown)} of ${many(all, "map")}` : many(all, "map");
}
