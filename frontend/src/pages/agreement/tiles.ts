import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { type ClassTiles, tilesQuery } from "../../api/agreement";
import { TileStore } from "../../maps/sheets";
import { useRound } from "./round";

/** The pictures of a class's maps, by the ids of the maps. */
export interface Tiles {
  readonly store: TileStore;
  readonly indexOf: ReadonlyMap<string, number>;
  readonly imageOf: ReadonlyMap<string, string>;
}

const stores = new WeakMap<ClassTiles, Tiles>();

/** The pictures of a class; its sheets are fetched once for all parts of a page that show some of them. */
export function useTiles(position: number): UseQueryResult<Tiles> {
  const { round } = useRound();
  return useQuery({ ...tilesQuery(round, position), select: tilesOf });
}

function tilesOf(data: ClassTiles): Tiles {
  const known = stores.get(data);
  if (known) return known;
  const made = {
    store: new TileStore(
      data,
      data.tiles.map((tile) => tile.place),
    ),
    indexOf: new Map(data.tiles.map((tile, index) => [tile.map_id, index])),
    imageOf: new Map(data.tiles.map((tile) => [tile.map_id, tile.image_id])),
  };
  stores.set(data, made);
  return made;
}
