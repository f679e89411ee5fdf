import { useSyncExternalStore } from "react";
import { flushSync } from "react-dom";

let printing = false;
let listening = false;
const listeners = new Set<() => void>();

/** The browser takes its picture of the page as soon as its event is over, so what changes must change at once. */
function set(now: boolean): void {
  if (now === printing) return;
  printing = now;
  flushSync(() => {
    for (const listener of [...listeners]) listener();
  });
}

function listen(): void {
  listening = true;
  window.addEventListener("beforeprint", () => set(true));
  window.addEventListener("afterprint", () => set(false));
  window.matchMedia("print").addEventListener("change", ({ matches }) => set(matches));
}

function subscribe(listener: () => void): () => void {
  if (!listening) listen();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the page is being put on paper, where what is closed or behind a choice must stand open. */
export function usePrinting(): boolean {
  return useSyncExternalStore(subscribe, () => printing);
}
