import { type KeyboardEvent, useId, useState } from "react";
import { Dialog } from "../../components/Dialog";
import { returnToGrid } from "./ConceptName";
import styles from "./MoveTo.module.css";

export interface Target {
  /** A place, or null for a new concept. */
  readonly place: string | null;
  readonly label: string;
  readonly mark: string;
  readonly colour: string;
}

/** Those whose name contains what was typed, those that begin with it first. */
export function matching<T extends Target>(targets: readonly T[], typed: string): T[] {
  const wanted = typed.trim().toLocaleLowerCase();
  const name = (each: T) => each.label.toLocaleLowerCase();
  const starts = (each: T) => (name(each).startsWith(wanted) ? 0 : 1);
  return targets.filter((each) => name(each).includes(wanted)).sort((a, b) => starts(a) - starts(b));
}

/** As soon as the field is in the page, so that the first letter goes into it and the dialog leaves the focus there. */
function takeFocus(field: HTMLInputElement | null): void {
  field?.focus();
}

interface PlacePickerProps {
  title: string;
  /** What fits what was typed. */
  offered: (typed: string) => readonly Target[];
  choose: (target: Target, typed: string) => void;
  close: () => void;
}

/** A place by a few letters of its name: arrows go through the list, Enter takes one. */
export function PlacePicker({ title, offered, choose, close }: PlacePickerProps) {
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(0);
  const found = offered(typed);
  const id = useId();
  const at = Math.min(chosen, found.length - 1);
  const take = (target: Target | undefined) => {
    if (!target) return;
    close();
    choose(target, typed.trim());
    returnToGrid();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setChosen(Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setChosen(Math.max(at - 1, 0));
    else if (event.key === "Enter" && !event.nativeEvent.isComposing) take(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog open onOpenChange={close} title={title}>
      <input
        ref={takeFocus}
        className={styles.field}
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={found[at] ? `${id}-${at}` : undefined}
        aria-label="Name of a concept"
        placeholder="Type a name"
        value={typed}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={id} role="listbox" aria-label="Places" className={styles.list}>
        {found.map((target, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
          // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant of the field stands for focus
          <div
            key={target.place ?? "new"}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            className={styles.option}
            onClick={() => take(target)}
          >
            <span className={styles.mark} style={{ background: target.colour }}>
              {target.mark}
            </span>
            {target.label}
          </div>
        ))}
      </div>
      {found.length === 0 ? <p className={styles.none}>No concept has these letters.</p> : null}
    </Dialog>
  );
}
