import { Link } from "@tanstack/react-router";
import { SheetTile } from "./SheetTile";
import type { TileStore } from "./sheets";
import styles from "./TileLink.module.css";

interface TileLinkProps {
  run: string;
  image: string;
  tiles: TileStore;
  /** Its index in the store. */
  map: number;
  /** What is read aloud. */
  label: string;
  small?: boolean;
  newTab?: boolean;
}

const SIDE = 104;
const SMALL = 64;

/** A map that opens the explanation of its image. */
export function TileLink({ run, image, tiles, map, label, small, newTab }: TileLinkProps) {
  return (
    <Link
      to="/explain/$run/$image"
      params={{ run, image }}
      {...(newTab ? { target: "_blank" } : {})}
      className={tileClass(small)}
      aria-label={label}
    >
      <SheetTile tiles={tiles} map={map} side={small ? SMALL : SIDE} />
    </Link>
  );
}

/** The place of a map that has no picture. */
export function NoTile({ small }: { small?: boolean | undefined }) {
  return <span className={tileClass(small)} />;
}

function tileClass(small: boolean | undefined): string {
  return small ? `${styles.tile} ${styles.small}` : (styles.tile as string);
}
