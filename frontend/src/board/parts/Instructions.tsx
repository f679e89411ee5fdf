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
      {instructions ? <p>{instructions}</p> : null}
      {note ? (
        <p>
          <small>On {board.class_name}</small>
          {note}
        </p>
      ) : null}
      {own ? (
        <p>
          <small>For you</small>
          {own}
        </p>
      ) : null}
    </details>
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
