import { useState } from "react";
import type { BoardState } from "../wire";
import styles from "./Board.module.css";

/** What the researcher asks of everybody, of who names this class, and of this person; closed for good if they like. */
export function Instructions({ board }: { board: BoardState }) {
  const key = `glossator.board.read.${board.id}`;
  const [open] = useState(() => kept(key) !== "closed");
  const { instructions, class_note: note, own_instructions: own } = board;
  if (!instructions && !note && !own) return null;
  return (
    <details
      className={styles.instructions}
      open={open}
      onToggle={(event) => keep(key, event.currentTarget.open ? "open" : "closed")}
    >
      <summary>Instructions</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long instructions are scrolled by keyboard, too */}
      <section tabIndex={0} aria-label="Instructions">
        <Part heading="For everybody" text={instructions} />
        <Part heading={`On ${board.class_name}`} text={note} />
        <Part heading="For you" text={own} />
      </section>
    </details>
  );
}

function Part({ heading, text }: { heading: string; text: string | null }) {
  if (!text) return null;
  return (
    <p>
      <small>{heading}</small>
      {text}
    </p>
  );
}

function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Without storage they are open at the next visit again.
  }
}
