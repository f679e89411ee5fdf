import { type KeyboardEvent, useId, useMemo, useState } from "react";
import { Dialog } from "../../components/Dialog";
import { many } from "../../components/format";
import { colourOf } from "../colours";
import { useConductor, useShown } from "../context";
import { placeName } from "../gestures";
import { DISCARDED, type State, UNLABELED } from "../state";
import { returnToGrid } from "./ConceptName";
import styles from "./MoveTo.module.css";

interface Target {
  /** A place, or null for a new concept. */
  readonly place: string | null;
  readonly label: string;
  readonly mark: string;
  readonly colour: string;
}

/** Places whose name contains what was typed, those that begin with it first; and a new concept of that name. */
export function targets(state: State, typed: string): Target[] {
  const wanted = typed.trim().toLocaleLowerCase();
  const concepts = state.concepts.map((concept, index) => ({
    place: concept.id,
    label: placeName(state, concept.id),
    mark: String(index + 1),
    colour: colourOf(index + 1),
  }));
  const others = [
    { place: DISCARDED, label: "Discarded", mark: "X", colour: "var(--line-strong)" },
    { place: UNLABELED, label: "Unlabeled", mark: "U", colour: "var(--line-strong)" },
  ];
  const found = [...concepts, ...others].filter((each) => each.label.toLocaleLowerCase().includes(wanted));
  const starts = (each: Target) => (each.label.toLocaleLowerCase().startsWith(wanted) ? 0 : 1);
  found.sort((a, b) => starts(a) - starts(b));
  const exists = concepts.some((each) => each.label.toLocaleLowerCase() === wanted);
  if (!wanted || exists) return found;
  return [
    ...found,
    { place: null, label: `New concept “${typed.trim()}”`, mark: "N", colour: "var(--accent)" },
  ];
}

/** As soon as the field is in the page, so that the first letter goes into it and the dialog leaves the focus there. */
function takeFocus(field: HTMLInputElement | null): void {
  field?.focus();
}

/** "Move to …": type a few letters, Enter moves what is selected. */
export function MoveTo({ close }: { close: () => void }) {
  const conductor = useConductor();
  const state = useShown((shown) => shown.state);
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(0);
  const found = useMemo(() => targets(state, typed), [state, typed]);
  const id = useId();
  const maps = conductor.chosen();
  const at = Math.min(chosen, found.length - 1);

  const move = (target: Target | undefined) => {
    if (!target) return;
    close();
    if (target.place === null) void conductor.create(maps, typed.trim());
    else void conductor.assign(maps, target.place);
    returnToGrid();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setChosen(Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setChosen(Math.max(at - 1, 0));
    else if (event.key === "Enter" && !event.nativeEvent.isComposing) move(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog open onOpenChange={close} title={`Move ${many(maps.length, "map")} to …`}>
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
            onClick={() => move(target)}
          >
            <span className={styles.mark} style={{ background: target.colour }}>
              {target.mark}
            </span>
            {target.label}
          </div>
        ))}
        {found.length === 0 ? <p className={styles.none}>No concept has these letters.</p> : null}
      </div>
    </Dialog>
  );
}
