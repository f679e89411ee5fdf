import { composeTile, type MapStyle } from "./compose";
import type { Tile } from "./sheets";

/** How tiles are drawn at one place; lengths in device pixels. */
export interface Look {
  readonly style: MapStyle;
  readonly strength: number;
  readonly side: number;
  readonly radius: number;
}

const MOST = 240;

/** Tiles as they were drawn last, a few screens of them, so that moving them about draws none anew. */
export class TilePictures {
  private readonly kept = new Map<string, HTMLCanvasElement>();

  of(map: number, tile: Tile, look: Look): HTMLCanvasElement {
    const key = `${map} ${look.style} ${look.strength} ${look.side} ${look.radius}`;
    const found = this.kept.get(key);
    const canvas = found ?? this.spare();
    this.kept.delete(key);
    this.kept.set(key, canvas); // the one used last stands last
    if (!found) compose(canvas, tile, look);
    return canvas;
  }

  clear(): void {
    this.kept.clear();
  }

  /** The canvas of the tile that was used longest ago, once there are many. */
  private spare(): HTMLCanvasElement {
    const [oldest] = this.kept;
    if (!oldest || this.kept.size < MOST) return document.createElement("canvas");
    this.kept.delete(oldest[0]);
    return oldest[1];
  }
}

function compose(canvas: HTMLCanvasElement, tile: Tile, { style, strength, side, radius }: Look): void {
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return;
  composeTile(tile.photo, tile.cells, style, strength, context, side, tile.part);
  context.globalCompositeOperation = "destination-in";
  context.beginPath();
  context.roundRect(0, 0, side, side, radius);
  context.fill();
  context.globalCompositeOperation = "source-over";
}
