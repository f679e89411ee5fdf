import type { PairMaps } from "../../api/types";
import { TileStore } from "../../maps/sheets";

type Tiles = PairMaps["classes"][number]["tiles"];

/** A map with its picture: an index in the store, which is its place in the sheets. */
export interface PairTile {
  readonly map: string;
  readonly run: string;
  readonly image: string;
  readonly store: TileStore;
  readonly place: number;
}

/** Pictures of the classes that were met: a sheet is fetched once, however many pairs have maps on it. */
export class PairTiles {
  private readonly stores = new Map<string, TileStore>();

  of({ classes }: PairMaps): PairTile[] {
    return classes.flatMap(({ run_id: run, tiles }) => {
      const store = this.storeOf(tiles);
      return tiles.tiles.map(({ map_id: map, image_id: image, place }) => ({
        map,
        run,
        image,
        store,
        place,
      }));
    });
  }

  close(): void {
    for (const store of this.stores.values()) store.close();
    this.stores.clear();
  }

  private storeOf(tiles: Tiles): TileStore {
    const { urls, capacity } = tiles.maps;
    const key = urls[0] ?? "";
    const known = this.stores.get(key);
    if (known) return known;
    const places = Array.from({ length: urls.length * capacity }, (_, place) => place);
    const made = new TileStore(tiles, places);
    this.stores.set(key, made);
    return made;
  }
}
