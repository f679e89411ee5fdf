import { ChevronDown, ChevronUp, Plus } from "lucide-react";
import { useCallback, useRef } from "react";
import { Button } from "../../components/Button";
import { useConductor, useDesk, useShown } from "../context";
import { type Load, useDrop } from "../drag";
import { DISCARDED } from "../state";
import { ConceptCard } from "./ConceptCard";
import card from "./ConceptCard.module.css";
import { CountButton, MiniTiles } from "./MiniTiles";
import styles from "./Shelf.module.css";

/** The concepts, the place for a new one, and the discard pile; below 1,000 px a drawer at the bottom. */
export function Shelf({ byPlace }: { byPlace: ReadonlyMap<string, readonly number[]> }) {
  const conductor = useConductor();
  const concepts = useShown((shown) => shown.state.concepts);
  const drawer = useDesk((desk) => desk.drawer);
  return (
    <section className={styles.shelf} data-drawer={drawer ? "up" : "down"} aria-label="Concepts">
      <div className={styles.handle}>
        <Button
          look="quiet"
          aria-expanded={drawer}
          icon={drawer ? <ChevronDown aria-hidden /> : <ChevronUp aria-hidden />}
          onClick={() => conductor.desk.setState({ drawer: !drawer })}
        >
          {concepts.length === 1 ? "1 concept" : `${concepts.length} concepts`}
        </Button>
      </div>
      <div className={styles.cards}>
        {concepts.map((concept, index) => (
          <ConceptCard
            key={concept.id}
            concept={concept}
            number={index + 1}
            maps={byPlace.get(concept.id) ?? NONE}
          />
        ))}
        <NewConcept />
        <DiscardPile maps={byPlace.get(DISCARDED) ?? NONE} />
      </div>
    </section>
  );
}

const NONE: readonly number[] = [];

function NewConcept() {
  const conductor = useConductor();
  const place = useRef<HTMLButtonElement>(null);
  const over = useDrop(place, { accepts: onlyMaps, drop: createFrom });
  return (
    <button
      ref={place}
      type="button"
      className={`${card.new} ${over ? card.over : ""}`}
      onClick={() => void conductor.create([...conductor.desk.getState().selection.selected])}
    >
      <Plus aria-hidden size={18} />
      <span>
        New concept <kbd>N</kbd>
      </span>
    </button>
  );
}

const onlyMaps = (load: Load) => load.kind === "maps";
const createFrom: Parameters<typeof useDrop>[1]["drop"] = (load, conductor) => {
  if (load.kind === "maps") void conductor.create(load.maps);
};

function DiscardPile({ maps }: { maps: readonly number[] }) {
  const conductor = useConductor();
  const place = useRef<HTMLElement>(null);
  const flash = useDesk((desk) => (desk.flash.place === DISCARDED ? desk.flash.turn : 0));
  const isOpen = useDesk((desk) => desk.open === DISCARDED);
  const accepts = useCallback(
    (load: Load) =>
      load.kind === "maps" && load.maps.some((map) => conductor.state.places[map] !== DISCARDED),
    [conductor],
  );
  const over = useDrop(place, { accepts, drop: discard });
  return (
    <article
      ref={place}
      className={`${card.card} ${over ? card.over : ""} ${isOpen ? card.open : ""}`}
      style={{ "--c": "var(--line-strong)" } as React.CSSProperties}
      aria-label={`Discarded, ${maps.length} maps`}
      data-discarded
    >
      <header className={card.head}>
        <span className={`${card.mark} ${card.still}`}>X</span>
        <h3 className={card.place}>Discarded</h3>
        <CountButton maps={maps.length} place={DISCARDED} />
      </header>
      <MiniTiles maps={maps} place={DISCARDED} />
      {flash ? <span key={flash} className={card.flash} aria-hidden /> : null}
    </article>
  );
}

const discard: Parameters<typeof useDrop>[1]["drop"] = (load, conductor) => {
  if (load.kind === "maps") void conductor.assign(load.maps, DISCARDED);
};
