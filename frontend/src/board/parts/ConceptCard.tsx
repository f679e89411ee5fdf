import { useCallback, useEffect, useRef } from "react";
import { many } from "../../components/format";
import { FEW_IMAGES, imagesIn } from "../check";
import { colourOf } from "../colours";
import { useConductor, useDesk, useShown } from "../context";
import { dragConcept, type Load, useDrop } from "../drag";
import { placeName } from "../gestures";
import type { Concept } from "../state";
import { CardMenu } from "./CardMenu";
import styles from "./ConceptCard.module.css";
import { ConceptName } from "./ConceptName";
import { CountButton, MiniTiles } from "./MiniTiles";

interface ConceptCardProps {
  concept: Concept;
  number: number;
  maps: readonly number[];
}

/** One concept: its name, its first maps, what can be done with it; takes maps, and other concepts to merge. */
export function ConceptCard({ concept, number, maps }: ConceptCardProps) {
  const conductor = useConductor();
  const card = useRef<HTMLElement>(null);
  const mark = useRef<HTMLSpanElement>(null);
  const isOpen = useDesk((desk) => desk.open === concept.id);
  const flash = useDesk((desk) => (desk.flash.place === concept.id ? desk.flash.turn : 0));
  const accepts = useCallback(
    (load: Load) =>
      load.kind === "concept"
        ? load.concept !== concept.id
        : load.maps.some((map) => conductor.state.places[map] !== concept.id),
    [conductor, concept.id],
  );
  const drop = useCallback(
    (load: Load) => {
      if (load.kind === "maps") void conductor.assign(load.maps, concept.id);
      else void conductor.merge(load.concept, concept.id);
    },
    [conductor, concept.id],
  );
  const over = useDrop(card, { accepts, drop });
  useEffect(
    () => (card.current && mark.current ? dragConcept(card.current, mark.current, concept.id) : undefined),
    [concept.id],
  );
  return (
    <article
      ref={card}
      className={`${styles.card} ${over ? styles.over : ""} ${isOpen ? styles.open : ""}`}
      style={{ "--c": colourOf(number) } as React.CSSProperties}
      aria-label={`${placeName(conductor.state, concept.id)}, ${many(maps.length, "map")}`}
      data-concept={concept.id}
    >
      <header className={styles.head}>
        <span ref={mark} className={styles.mark} title="Drag onto another concept to merge">
          {number}
        </span>
        <ConceptName concept={concept} number={number} />
        <CountButton maps={maps.length} place={concept.id} />
        <CardMenu concept={concept} number={number} maps={maps.length} />
      </header>
      <MiniTiles maps={maps} place={concept.id} />
      <FewImages concept={concept} maps={maps.length} />
      {concept.note ? <p className={styles.note}>{concept.note}</p> : null}
      {flash ? <span key={flash} className={styles.flash} aria-hidden /> : null}
    </article>
  );
}

/** The service counts different images; up to two maps can be no more than two images. */
function FewImages({ concept, maps }: { concept: Concept; maps: number }) {
  const counted = useShown((shown) => shown.images[concept.id]);
  const images = imagesIn(counted, maps);
  if (maps === 0 || images >= FEW_IMAGES) return null;
  return <p className={styles.few}>Only {many(images, "image")}: merge it, or find more</p>;
}
