import type { components } from "../api/schema";
import type { Cells } from "./cells";
import type { Part } from "./compose";
import { TilePictures } from "./pictures";

export type Sheets = components["schemas"]["Sheets"];

/** The two sets of sprite sheets of a class: photographs, and maps with a pixel for each cell. */
export interface TileSheets {
  readonly photographs: Sheets;
  readonly maps: Sheets;
  readonly map_height: number;
  readonly map_width: number;
}

/** A photograph in its sheet and the cells of the map over it. */
export interface Tile {
  readonly photo: ImageBitmap;
  readonly part: Part;
  readonly cells: Cells;
}

interface Grey {
  readonly width: number;
  readonly values: Uint8Array;
}

const TRIES = 4;
const AT_ONCE = 3;

/**
 * Tiles of a class, cut out of its sprite sheets; every sheet is fetched and decoded once.
 *
 * Sheets are kept decoded: what a browser decodes for an image element it forgets again, and neighbours on a page
 * come from sheets in random order.
 */
export class TileStore {
  readonly pictures = new TilePictures();
  private readonly photos = new Map<number, Promise<ImageBitmap>>();
  private readonly greys = new Map<number, Promise<Grey>>();
  private readonly ready = new Map<number, Tile>();
  private readonly leaving = new AbortController();

  /** `places`: where in the sheets the picture of each map is. */
  constructor(
    private readonly sheets: TileSheets,
    private readonly places: readonly number[],
  ) {}

  /** The tile of a map (its index in `places`), if it is there already. */
  known(map: number): Tile | null {
    return this.ready.get(map) ?? null;
  }

  async tile(map: number): Promise<Tile> {
    const found = this.ready.get(map);
    if (found) return found;
    const place = this.places[map] as number;
    const photo = at(this.sheets.photographs, place);
    const grey = at(this.sheets.maps, place);
    const [image, sheet] = await Promise.all([this.photo(photo.number), this.grey(grey.number)]);
    const size = this.sheets.photographs.size;
    const tile: Tile = {
      photo: image,
      part: { x: photo.x, y: photo.y, width: size, height: size },
      cells: this.cut(sheet, grey.x, grey.y),
    };
    this.ready.set(map, tile);
    return tile;
  }

  /** Fetch everything, so that scrolling meets tiles that are there; what a tile waits for goes first. */
  async warm(): Promise<void> {
    const begin = [
      ...this.sheets.maps.urls.map((_, number) => () => this.grey(number)),
      ...this.sheets.photographs.urls.map((_, number) => () => this.photo(number)),
    ];
    for (let next = 0; next < begin.length && !this.leaving.signal.aborted; next += AT_ONCE) {
      await unhurried();
      await Promise.allSettled([...this.greys.values(), ...this.photos.values()]);
      for (const each of begin.slice(next, next + AT_ONCE)) each().catch(() => undefined);
    }
  }

  /** The page left: pictures of thousands of maps do not wait for the collector. */
  close(): void {
    this.leaving.abort();
    this.ready.clear();
    this.pictures.clear();
    for (const photo of this.photos.values()) {
      photo.then(
        (bitmap) => bitmap.close(),
        () => undefined,
      );
    }
  }

  private photo(number: number): Promise<ImageBitmap> {
    return once(this.photos, number, () => this.load(this.sheets.photographs.urls[number] ?? ""));
  }

  private grey(number: number): Promise<Grey> {
    return once(this.greys, number, async () => greyOf(await this.load(this.sheets.maps.urls[number] ?? "")));
  }

  private async load(url: string): Promise<ImageBitmap> {
    const { signal } = this.leaving;
    for (let turn = 1; ; turn++) {
      try {
        const answer = await fetch(url, { signal });
        if (!answer.ok) throw new Error(`${url} is answered with ${answer.status}.`);
        return await createImageBitmap(await answer.blob());
      } catch (error) {
        if (turn >= TRIES || signal.aborted) throw error;
        await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** turn));
      }
    }
  }

  private cut(sheet: Grey, x: number, y: number): Cells {
    const { map_height: height, map_width: width } = this.sheets;
    const values = new Uint8Array(height * width);
    for (let row = 0; row < height; row++) {
      const start = (y + row) * sheet.width + x;
      values.set(sheet.values.subarray(start, start + width), row * width);
    }
    return { height, width, values };
  }
}

/** When the page has nothing better to do, within half a second. */
function unhurried(): Promise<void> {
  return new Promise((resolve) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(() => resolve(), { timeout: 500 });
    else setTimeout(resolve, 50);
  });
}

/** Sheet and upper left pixel of the tile of a place. */
export function at(sheets: Pick<Sheets, "size" | "columns" | "capacity">, place: number) {
  const number = Math.floor(place / sheets.capacity);
  const within = place - number * sheets.capacity;
  const row = Math.floor(within / sheets.columns);
  return { number, x: (within - row * sheets.columns) * sheets.size, y: row * sheets.size };
}

function once<T>(known: Map<number, Promise<T>>, number: number, make: () => Promise<T>): Promise<T> {
  const found = known.get(number);
  if (found) return found;
  const made = make();
  known.set(number, made);
  made.catch(() => known.delete(number));
  return made;
}

function greyOf(sheet: ImageBitmap): Grey {
  const { width, height } = sheet;
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("This browser gives no canvas to read maps from.");
  context.drawImage(sheet, 0, 0);
  sheet.close();
  const { data } = context.getImageData(0, 0, width, height);
  const values = new Uint8Array(width * height);
  for (let pixel = 0; pixel < values.length; pixel++) values[pixel] = data[pixel * 4] as number;
  return { width, values };
}
