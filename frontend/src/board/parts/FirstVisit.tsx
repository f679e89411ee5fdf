import { useState } from "react";
import { Button } from "../../components/Button";
import { keep, kept } from "../device";
import styles from "./Board.module.css";

function keyOf(account: string): string {
  return `glossator.board.welcomed.${account}`;
}

/** Three sentences for a first visit, closed for good by this person in this browser. */
export function FirstVisit({ account }: { account: string }) {
  const [closed, setClosed] = useState(() => kept(keyOf(account)) === "yes");
  if (closed) return null;
  const close = () => {
    setClosed(true);
    keep(keyOf(account), "yes");
  };
  return (
    <aside className={styles.first} aria-label="How to begin">
      <div>
        <p>
          Each tile is a photograph with a bright region that made the computer decide; put tiles whose bright
          regions show the same thing into one concept and name it.
        </p>
        <p>
          Select with clicks or a rectangle, then drag onto a card, press its number, or press N for a new
          concept; X discards what shows nothing.
        </p>
        <p>
          A concept of one or two images says little, so look for what many have in common; everything is
          saved as you go.
        </p>
      </div>
      <Button look="main" onClick={close}>
        I see
      </Button>
    </aside>
  );
}
