import { useLocation } from "@tanstack/react-router";
import { ChevronDown } from "lucide-react";
import { Popover } from "radix-ui";
import { useId } from "react";
import type { Overview, OverviewClass } from "../../api/agreement";
import { Button } from "../../components/Button";
import { Checklist } from "../../components/Checklist";
import { count, many } from "../../components/format";
import shared from "./Agreement.module.css";
import styles from "./Filters.module.css";
import { classOf, shortName } from "./round";
import { DEFAULT_MIN_IMAGES, LARGEST_MIN_IMAGES, useHere } from "./search";

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
      <CompleteOnly choices={choices} />
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
        className={shared.select}
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

/** Classes as buttons where they fit, else in a list that opens. */
function Classes({ choices }: { choices: Overview["choices"] }) {
  const { search, choose } = useHere();
  const chosen = new Set(search.classes);
  const take = (next: ReadonlySet<number>) => {
    const some = next.size > 0 && next.size < choices.classes.length;
    choose({ classes: some ? [...next].sort((x, y) => x - y) : null });
  };
  if (choices.classes.length > MOST_CHIPS) return <ClassList choices={choices} chosen={chosen} take={take} />;
  return (
    <Chips
      label="Classes"
      all={chosen.size === 0}
      chooseAll={() => choose({ classes: null })}
      chips={choices.classes.map(({ position, name }) => ({
        key: String(position),
        label: name,
        on: chosen.has(position),
        toggle: () => take(toggled(chosen, position)),
      }))}
    />
  );
}

interface ClassListProps {
  choices: Overview["choices"];
  chosen: ReadonlySet<number>;
  take: (next: ReadonlySet<number>) => void;
}

function ClassList({ choices: { classes }, chosen, take }: ClassListProps) {
  const name = (position: number) => classes.find((each) => each.position === position)?.name;
  const shown =
    chosen.size === 0
      ? `All ${count(classes.length)}`
      : chosen.size === 1
        ? name([...chosen][0] as number)
        : `${count(chosen.size)} of ${count(classes.length)}`;
  return (
    <div className={styles.filter}>
      <span>Classes</span>
      <Popover.Root>
        <Popover.Trigger asChild>
          <Button aria-label={`Classes: ${shown}`} data-printed>
            {shown}
            <ChevronDown aria-hidden />
          </Button>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content className={styles.classList} align="start" sideOffset={6} collisionPadding={12}>
            <Checklist
              label="Classes"
              items={classes.map((each) => ({ key: each.position, label: each.name }))}
              chosen={chosen}
              onChosen={take}
            />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </div>
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
        toggle: () => {
          const next = [...toggled(chosen, annotator)].sort();
          choose({ annotators: next.length > 0 ? next : null });
        },
      }))}
    />
  );
}

/** The chosen ones after one was pressed. */
function toggled<T>(chosen: ReadonlySet<T>, pressed: T): ReadonlySet<T> {
  const next = new Set(chosen);
  if (!next.delete(pressed)) next.add(pressed);
  return next;
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

function CompleteOnly({ choices }: { choices: Overview["choices"] }) {
  const { search, choose } = useHere();
  const only = search.complete ?? false;
  const ofAll = `${count(choices.complete)} of ${count(choices.boards)}`;
  return (
    <div className={styles.filter}>
      <span>{only ? `Boards: ${ofAll} count` : `Boards: ${ofAll} finished`}</span>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={only}
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
      <label htmlFor={id}>Concepts of at least</label>
      <select
        id={id}
        className={shared.select}
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
