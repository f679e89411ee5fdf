import { useLocation } from "@tanstack/react-router";
import { useId } from "react";
import type { Overview, OverviewClass } from "../../api/agreement";
import { count, many } from "../../components/format";
import styles from "./Agreement.module.css";
import { classOf, shortName } from "./round";
import { DEFAULT_MIN_IMAGES, LARGEST_MIN_IMAGES, type OverviewSearch, useHere } from "./search";

interface FiltersProps {
  choices: Overview["choices"];
  classes: readonly OverviewClass[];
}

/** Whose boards count and which classes are looked at; all of it stands in the link. */
export function Filters({ choices, classes }: FiltersProps) {
  const { round } = useHere();
  const { pathname } = useLocation();
  const ofAllClasses = pathname.replace(/\/$/, "") === `/agreement/${round}`;
  return (
    <section className={styles.filters} aria-label="What the figures are of">
      {ofAllClasses ? <Classes choices={choices} /> : <OneClass choices={choices} classes={classes} />}
      <Annotators choices={choices} />
      <CompleteOnly classes={classes} />
      <MinImages />
    </section>
  );
}

function OneClass({ choices, classes }: FiltersProps) {
  const { search, choose } = useHere();
  const id = useId();
  return (
    <div className={styles.filter}>
      <label htmlFor={id}>Class</label>
      <select
        id={id}
        className={styles.select}
        value={search.class ?? classOf(classes, undefined)?.position ?? ""}
        onChange={(event) => choose({ class: Number(event.target.value) })}
      >
        {choices.classes.map(({ position, name }) => (
          <option key={position} value={position}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

const MOST_CHIPS = 12;

/** Several classes where they fit as buttons; of many, all or one. */
function Classes({ choices }: { choices: Overview["choices"] }) {
  const { search, choose } = useHere<OverviewSearch>();
  const id = useId();
  const chosen = new Set(search.classes);
  if (choices.classes.length > MOST_CHIPS) {
    return (
      <div className={styles.filter}>
        <label htmlFor={id}>Classes</label>
        <select
          id={id}
          className={styles.select}
          value={search.classes?.[0] ?? ""}
          onChange={({ target }) => choose({ classes: target.value ? [Number(target.value)] : null })}
        >
          <option value="">All {count(choices.classes.length)}</option>
          {choices.classes.map(({ position, name }) => (
            <option key={position} value={position}>
              {name}
            </option>
          ))}
        </select>
      </div>
    );
  }
  return (
    <Chips
      label="Classes"
      all={chosen.size === 0}
      chooseAll={() => choose({ classes: null })}
      chips={choices.classes.map(({ position, name }) => ({
        key: String(position),
        label: name,
        on: chosen.has(position),
        toggle: () => choose({ classes: toggled(chosen, position) }),
      }))}
    />
  );
}

function Annotators({ choices }: { choices: Overview["choices"] }) {
  const { search, choose } = useHere();
  const chosen = new Set(search.annotators);
  return (
    <Chips
      label="Annotators"
      all={chosen.size === 0}
      chooseAll={() => choose({ annotators: null })}
      chips={choices.annotators.map((annotator) => ({
        key: annotator,
        label: shortName(annotator),
        title: annotator,
        on: chosen.has(annotator),
        toggle: () => choose({ annotators: toggled(chosen, annotator) }),
      }))}
    />
  );
}

/** The chosen ones after one was pressed; null where none is left, which means all. */
function toggled<T>(chosen: ReadonlySet<T>, pressed: T): T[] | null {
  const next = new Set(chosen);
  if (!next.delete(pressed)) next.add(pressed);
  return next.size > 0 ? [...next].sort() : null;
}

interface Chip {
  readonly key: string;
  readonly label: string;
  readonly title?: string;
  readonly on: boolean;
  readonly toggle: () => void;
}

function Chips({
  label,
  all,
  chooseAll,
  chips,
}: {
  label: string;
  all: boolean;
  chooseAll: () => void;
  chips: readonly Chip[];
}) {
  if (chips.length < 2) return null;
  return (
    <fieldset className={styles.filter}>
      <legend>{label}</legend>
      <div className={styles.chips}>
        <button type="button" className={styles.chip} aria-pressed={all} onClick={chooseAll}>
          All {count(chips.length)}
        </button>
        {chips.map((chip) => (
          <button
            key={chip.key}
            type="button"
            className={styles.chip}
            aria-pressed={chip.on}
            aria-label={chip.title}
            title={chip.title}
            onClick={chip.toggle}
          >
            {chip.label}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

function CompleteOnly({ classes }: { classes: readonly OverviewClass[] }) {
  const { search, choose } = useHere();
  const boards = classes.reduce((sum, each) => sum + (each.boards?.boards ?? 0), 0);
  const complete = classes.reduce((sum, each) => sum + (each.boards?.complete ?? 0), 0);
  return (
    <div className={styles.filter}>
      <span>
        Boards
        {boards > 0 ? `: ${count(complete)} of ${count(boards)} finished` : ""}
      </span>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={search.complete ?? false}
          onChange={(event) => choose({ complete: event.target.checked ? true : null })}
        />
        Only finished ones
      </label>
    </div>
  );
}

function MinImages() {
  const { basis, choose } = useHere();
  const id = useId();
  return (
    <div className={styles.filter}>
      <label htmlFor={id}>Concepts from</label>
      <select
        id={id}
        className={styles.select}
        value={basis.minImages}
        onChange={(event) => {
          const next = Number(event.target.value);
          choose({ min: next === DEFAULT_MIN_IMAGES ? null : next });
        }}
      >
        {Array.from({ length: LARGEST_MIN_IMAGES }, (_, index) => index + 1).map((images) => (
          <option key={images} value={images}>
            {many(images, "image")}
          </option>
        ))}
      </select>
    </div>
  );
}
