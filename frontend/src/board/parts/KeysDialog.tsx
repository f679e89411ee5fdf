import { Dialog } from "../../components/Dialog";
import { KEYS, type KeyLine } from "../keys";
import styles from "./KeysDialog.module.css";

const GROUPS: readonly KeyLine["group"][] = ["Move maps", "Concepts", "Select", "Look", "Board"];

/** Chords as they stand on a keyboard. */
export function printed(chord: string): string[] {
  return chord
    .replace("ArrowLeft", "←")
    .replace("ArrowRight", "→")
    .replace("ArrowUp", "↑")
    .replace("ArrowDown", "↓")
    .replace("Escape", "Esc")
    .split("+");
}

/** All keys of the board, from the table that the page itself listens by. */
export function KeysDialog({ close }: { close: () => void }) {
  return (
    <Dialog open onOpenChange={close} title="Keys" wide>
      <div className={styles.groups}>
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl className={styles.lines}>
              {KEYS.filter((line) => line.group === group).map((line) => (
                <div key={line.chords.join()} className={styles.line}>
                  <dt>
                    {line.chords.map((chord) => (
                      <span key={chord} className={styles.chord}>
                        {printed(chord).map((key) => (
                          <kbd key={key}>{key}</kbd>
                        ))}
                      </span>
                    ))}
                  </dt>
                  <dd>{line.label}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>Mouse</h3>
          <p className={styles.text}>
            Click selects, Ctrl adds, Shift takes everything between. A rectangle begins between the maps, or on a
            map with Alt. Drag the number of a card onto another card to merge them.
          </p>
        </section>
      </div>
    </Dialog>
  );
}
