import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { setCustomNativeDragPreview } from "@atlaskit/pragmatic-drag-and-drop/element/set-custom-native-drag-preview";
import { type RefObject, useEffect, useState } from "react";
import type { Conductor } from "./conductor";
import { useConductor } from "./context";

/** What hangs on the pointer. */
export type Load = { kind: "maps"; maps: readonly number[] } | { kind: "concept"; concept: string };

function loadOf(data: Record<string | symbol, unknown>): Load | null {
  return (data.load as Load | undefined) ?? null;
}

/** What dragging this map takes along: the selection it belongs to, else itself. */
export function draggedWith(selected: ReadonlySet<number>, map: number): readonly number[] {
  return selected.has(map) ? [...selected].sort((a, b) => a - b) : [map];
}

function preview(container: HTMLElement, text: string, className: string): void {
  const element = document.createElement("div");
  element.className = className;
  element.textContent = text;
  container.append(element);
}

/** Makes an element draggable as one map, or as the whole selection that it belongs to. */
export function dragMap(element: HTMLElement, map: number, conductor: Conductor, look: string): () => void {
  return draggable({
    element,
    canDrag: ({ input }) => !input.altKey && !input.shiftKey,
    getInitialData: () => ({
      load: {
        kind: "maps",
        maps: draggedWith(conductor.desk.getState().selection.selected, map),
      } satisfies Load,
    }),
    onGenerateDragPreview: ({ nativeSetDragImage, source }) => {
      const load = loadOf(source.data);
      const count = load?.kind === "maps" ? load.maps.length : 1;
      setCustomNativeDragPreview({
        nativeSetDragImage,
        render: ({ container }) => preview(container, count === 1 ? "1 map" : `${count} maps`, look),
      });
    },
  });
}

export function dragConcept(element: HTMLElement, handle: HTMLElement, concept: string): () => void {
  return draggable({
    element,
    dragHandle: handle,
    getInitialData: () => ({ load: { kind: "concept", concept } satisfies Load }),
  });
}

/** A place that takes maps (and, where `merge` is given, concepts); true while something hangs over it. */
export function useDrop(
  place: RefObject<HTMLElement | null>,
  take: { accepts: (load: Load) => boolean; drop: (load: Load, conductor: Conductor) => void },
): boolean {
  const conductor = useConductor();
  const [over, setOver] = useState(false);
  const { accepts, drop } = take;
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    return combine(
      dropTargetForElements({
        element,
        canDrop: ({ source }) => {
          const load = loadOf(source.data);
          return load !== null && accepts(load);
        },
        onDragEnter: () => setOver(true),
        onDragLeave: () => setOver(false),
        onDrop: ({ source, location }) => {
          setOver(false);
          const load = loadOf(source.data);
          // The innermost target alone takes it.
          if (load && location.current.dropTargets[0]?.element === element) drop(load, conductor);
        },
      }),
    );
  }, [place, conductor, accepts, drop]);
  return over;
}
