import { Button } from "./Button";
import styles from "./Checklist.module.css";

export interface ChecklistItem<K> {
  readonly key: K;
  readonly label: string;
  readonly note?: string;
}

interface ChecklistProps<K> {
  label: string;
  items: readonly ChecklistItem<K>[];
  chosen: ReadonlySet<K>;
  onChosen: (chosen: ReadonlySet<K>) => void;
  /** What is wrong with the choice. */
  error?: string | undefined;
}

const ENOUGH_FOR_ALL = 4;

/** Any number of things out of some. */
export function Checklist<K extends string | number>(props: ChecklistProps<K>) {
  const { label, items, chosen, onChosen, error } = props;
  const all = items.every((item) => chosen.has(item.key));
  return (
    <fieldset
      className={styles.list}
      aria-invalid={error ? true : undefined}
      tabIndex={error ? -1 : undefined}
    >
      <legend>{label}</legend>
      <div className={styles.items}>
        {items.map((item) => (
          <label key={item.key}>
            <input
              type="checkbox"
              checked={chosen.has(item.key)}
              onChange={() => onChosen(toggled(chosen, item.key))}
            />
            <span>{item.label}</span>
            {item.note ? <small>{item.note}</small> : null}
          </label>
        ))}
      </div>
      {items.length >= ENOUGH_FOR_ALL ? (
        <Button
          look="quiet"
          className={styles.all}
          onClick={() => onChosen(all ? new Set() : new Set(items.map((item) => item.key)))}
        >
          {all ? "Choose none" : "Choose all"}
        </Button>
      ) : null}
      {error ? <p className={styles.error}>{error}</p> : null}
    </fieldset>
  );
}

function toggled<K>(chosen: ReadonlySet<K>, key: K): ReadonlySet<K> {
  const next = new Set(chosen);
  if (!next.delete(key)) next.add(key);
  return next;
}
