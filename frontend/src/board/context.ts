import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { Conductor } from "./conductor";
import type { Desk } from "./desk";
import type { Shown } from "./session";

export const BoardContext = createContext<Conductor | null>(null);

/** What gestures of this page go through. */
export function useConductor(): Conductor {
  const found = useContext(BoardContext);
  if (!found) throw new Error("This part belongs inside a board.");
  return found;
}

export function useShown<T>(select: (shown: Shown) => T): T {
  return useStore(useConductor().session.store, select);
}

export function useDesk<T>(select: (desk: Desk) => T): T {
  return useStore(useConductor().desk, select);
}
