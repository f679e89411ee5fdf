import { many } from "../../components/format";
import { useConductor, useDesk } from "../context";
import styles from "./Footer.module.css";

/** What is selected, and what hands can do with it. */
export function Footer() {
  const conductor = useConductor();
  const selected = useDesk((desk) => desk.selection.selected.size);
  return (
    <footer className={styles.footer}>
      <p className={styles.can}>
        <b aria-live="polite">{selected > 0 ? `${many(selected, "map")} selected` : "Nothing selected"}</b>
        <span>
          Move to <kbd>1</kbd>–<kbd>9</kbd> or <kbd>M</kbd>
        </span>
        <span>
          <kbd>N</kbd> new concept
        </span>
        <span>
          <kbd>X</kbd> discard
        </span>
        <span className={styles.wide}>
          <kbd>Q</kbd> not sure
        </span>
        <span className={styles.wide}>
          <kbd>L</kbd> more like these
        </span>
        <span>
          <kbd>Space</kbd> look closer
        </span>
        <button type="button" className={styles.all} onClick={() => conductor.show("keys")}>
          <kbd>?</kbd> all keys
        </button>
      </p>
      <p className={styles.hint}>Look for what the bright regions have in common.</p>
    </footer>
  );
}
