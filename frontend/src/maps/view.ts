import { create } from "zustand";
import type { MapStyle } from "./compose";

const KEY = "glossator.maps";

interface MapView {
  readonly style: MapStyle;
  /** 0 … 1 */
  readonly strength: number;
  setStyle: (style: MapStyle) => void;
  setStrength: (strength: number) => void;
}

interface Kept {
  style: MapStyle;
  strength: number;
}

const AT_FIRST: Kept = { style: "heat", strength: 0.8 };

function kept(): Kept {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "null") as Partial<Kept> | null;
    const style = found?.style;
    const strength = Number(found?.strength);
    return {
      style: style === "heat" || style === "mask" || style === "contour" ? style : AT_FIRST.style,
      strength: strength >= 0 && strength <= 1 ? strength : AT_FIRST.strength,
    };
  } catch {
    return AT_FIRST;
  }
}

function keep({ style, strength }: Kept): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ style, strength }));
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

/** How this browser likes maps drawn; the same on every page. */
export const useMapView = create<MapView>((set, get) => ({
  ...kept(),
  setStyle: (style) => {
    set({ style });
    keep(get());
  },
  setStrength: (strength) => {
    set({ strength });
    keep(get());
  },
}));
