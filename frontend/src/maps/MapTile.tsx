import { useEffect, useRef } from "react";
import type { Cells } from "./cells";
import { composeTile } from "./compose";
import styles from "./Maps.module.css";
import { usePicture } from "./picture";
import { useMapView } from "./view";

interface MapTileProps {
  /** Address of the picture as the network saw it (square). */
  picture: string;
  /** The map over it; without one the picture stands alone. */
  cells: Cells | null;
  /** Largest side in CSS pixels; the place is reserved before anything is loaded. */
  size: number;
  /** What it shows, read aloud. */
  label: string;
}

/** A photograph with its map over it, drawn as this browser likes maps drawn. */
export function MapTile({ picture, cells, size, label }: MapTileProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const photo = usePicture(picture);
  const { style, strength } = useMapView();
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !photo) return;
    const pixels = Math.round(size * Math.min(window.devicePixelRatio || 1, 2));
    context.canvas.width = pixels;
    context.canvas.height = pixels;
    if (cells) composeTile(photo, cells, style, strength, context, pixels);
    else context.drawImage(photo, 0, 0, pixels, pixels);
    context.canvas.toggleAttribute("data-drawn", true);
  }, [photo, cells, style, strength, size]);
  return (
    <canvas
      ref={canvas}
      className={styles.tile}
      style={{ width: size, maxWidth: "100%", aspectRatio: "1" }}
      role="img"
      aria-label={label}
    />
  );
}
