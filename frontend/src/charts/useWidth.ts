import { type RefObject, useEffect, useRef, useState } from "react";

/** The width of an element in pixels, for a chart that is laid out to fit: `first` until it is known, never under `least`. */
export function useWidth(
  first: number,
  least: number,
): { ref: RefObject<HTMLDivElement | null>; width: number } {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(first);
  useEffect(() => {
    if (!ref.current || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(([entry]) => {
      const found = Math.floor(entry?.contentRect.width ?? 0);
      if (found > 0) setWidth(Math.max(found, least));
    });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [least]);
  return { ref, width };
}
