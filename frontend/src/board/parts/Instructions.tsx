import { useState } from "react";
import { hashOf, keep, kept } from "../device";
import type { BoardState } from "../wire";
import styles from "./Board.module.css";

/** What the researcher asks of everybody, of who names this class, and of this person; closed until a text changes. */
export function Instructions({ board }: { board: BoardState }) {
  const { instructions, class_note: note, own_instructions: own } = board;
  const key = `glossator.board.read.${board.id}`;
  const closed = `closed ${hashOf(JSON.stringify([instructions, note, own]))}`;
  const [open] = useState(() => kept(key) !== closed);
  if (!instructions && !note && !own) return null;
  return (
    <details
      className={styles.instructions}
      open={open}
      onToggle={(event) => keep(key, event.currentTarget.open ? "open" : closed)}
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
