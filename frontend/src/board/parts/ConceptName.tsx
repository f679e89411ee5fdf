import { useLayoutEffect, useRef, useState } from "react";
import { useConductor, useDesk, useShown } from "../context";
import { rename } from "../gestures";
import type { Concept } from "../state";
import styles from "./ConceptCard.module.css";

export const NAME_LIMIT = 200;

/** The name is the field: it is typed where it stands, Enter keeps it, Escape leaves it as it was. */
export function ConceptName({ concept, number }: { concept: Concept; number: number }) {
  const conductor = useConductor();
  const naming = useDesk((desk) => (desk.naming?.concept === concept.id ? desk.naming : null));
  const finished = useShown((shown) => shown.state.complete);
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);

  // Before the page is painted: a key pressed between painting and an effect would be lost.
  useLayoutEffect(() => {
    if (!naming) return;
    conductor.name(null);
    field.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (naming.typed) setTyped(naming.typed);
    field.current?.focus();
    if (!naming.typed) field.current?.select();
  }, [naming, conductor]);

  const keep = () => {
    if (typed !== null) void conductor.do((state) => rename(state, concept.id, typed));
    setTyped(null);
  };
  return (
    <input
      ref={field}
      className={styles.name}
      value={typed ?? concept.name ?? ""}
      placeholder="Name this concept"
      aria-label={`Name of concept ${number}`}
      maxLength={NAME_LIMIT}
      readOnly={finished}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setTyped(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.nativeEvent.isComposing) {
          event.currentTarget.blur();
          returnToGrid();
        } else if (event.key === "Escape") {
          event.stopPropagation();
          setTyped(null);
          // After the render that takes the typed name back, so that leaving keeps nothing.
          requestAnimationFrame(returnToGrid);
        }
      }}
    />
  );
}

/** Hands go on at the maps. */
export function returnToGrid(): void {
  document.querySelector<HTMLElement>("[data-board-grid]")?.focus({ preventScroll: true });
}
