import { Dialog } from "../../components/Dialog";
import { KEYS, type KeyLine } from "../keys";
import styles from "./KeysDialog.module.css";

const GROUPS: readonly KeyLine["group"][] = ["Move maps", "Concepts", "Select", "Look", "Board"];

const SIGNS: Readonly<Record<string, string>> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
};

/** Chords as they stand on a keyboard; what several hold down together is said once. */
export function printed(chords: readonly string[]): string[][] {
  const parts = chords.map((chord) => chord.split("+").map((key) => SIGNS[key] ?? key));
  const held = parts[0]?.slice(0, -1).join("+");
  const alike = parts.every((keys) => keys.slice(0, -1).join("+") === held);
  if (!alike) return parts;
  return [[...(parts[0]?.slice(0, -1) ?? []), ...parts.map((keys) => keys.at(-1) as string)]];
}

interface Merged {
  readonly label: string;
  readonly chords: readonly string[];
}

/** The lines of a group; keys that do the same stand on one line. */
function linesOf(group: KeyLine["group"]): Merged[] {
  const found = new Map<string, string[]>();
  for (const line of KEYS.filter((each) => each.group === group)) {
    found.set(line.label, [...(found.get(line.label) ?? []), ...line.chords]);
  }
  return [...found].map(([label, chords]) => ({ label, chords }));
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
              {linesOf(group).map((line) => (
                <div key={line.label} className={styles.line}>
                  <dt>
                    {printed(line.chords).map((keys) => (
                      <span key={keys.join()} className={styles.chord}>
                        {keys.map((key) => (
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
            Click selects, Ctrl adds, Shift takes everything between. A rectangle begins between the maps, or
            on a map with Alt. Drag the number of a card onto another card to merge them.
          </p>
        </section>
      </div>
    </Dialog>
  );
}
