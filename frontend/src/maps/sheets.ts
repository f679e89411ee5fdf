import type { components } from "../api/schema";
import type { Cells } from "./cells";
import type { Part } from "./compose";

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
  readonly photo: HTMLImageElement;
  readonly part: Part;
  readonly cells: Cells;
}

interface Grey {
  readonly width: number;
  readonly values: Uint8Array;
}

const TRIES = 4;

/** Tiles of a class, cut out of its sprite sheets; every sheet is fetched and decoded once. */
export class TileStore {
  private readonly photos = new Map<number, Promise<HTMLImageElement>>();
  private readonly greys = new Map<number, Promise<Grey>>();
  private readonly ready = new Map<number, Tile>();

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

  /** Fetch everything, so that scrolling meets tiles that are there. */
  async warm(): Promise<void> {
    await Promise.allSettled([
      ...this.sheets.maps.urls.map((_, number) => this.grey(number)),
      ...this.sheets.photographs.urls.map((_, number) => this.photo(number)),
    ]);
  }

  private photo(number: number): Promise<HTMLImageElement> {
    return once(this.photos, number, () => load(this.sheets.photographs.urls[number] ?? ""));
  }

  private grey(number: number): Promise<Grey> {
    return once(this.greys, number, async () => greyOf(await load(this.sheets.maps.urls[number] ?? "")));
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

async function load(url: string): Promise<HTMLImageElement> {
  for (let turn = 1; ; turn++) {
    const image = new Image();
    image.src = url;
    try {
      await image.decode();
      return image;
    } catch (error) {
      if (turn >= TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** turn));
    }
  }
}

function greyOf(image: HTMLImageElement): Grey {
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("This browser gives no canvas to read maps from.");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const values = new Uint8Array(canvas.width * canvas.height);
  for (let pixel = 0; pixel < values.length; pixel++) values[pixel] = data[pixel * 4] as number;
  return { width: canvas.width, values };
}
