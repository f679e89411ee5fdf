import { useEffect, useState } from "react";
import { flushSync } from "react-dom";

/** Whether the page is being put on paper, where what is closed or behind a choice must stand open. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    // The browser takes its picture of the page as soon as the event is over.
    const set = (now: boolean) => flushSync(() => setPrinting(now));
    const start = () => set(true);
    const end = () => set(false);
    const paper = window.matchMedia("print");
    const change = (event: MediaQueryListEvent) => set(event.matches);
    window.addEventListener("beforeprint", start);
    window.addEventListener("afterprint", end);
    paper.addEventListener("change", change);
    return () => {
      window.removeEventListener("beforeprint", start);
      window.removeEventListener("afterprint", end);
      paper.removeEventListener("change", change);
    };
  }, []);
  return printing;
}
