import {
  Combine,
  EllipsisVertical,
  MessageSquareText,
  MoveLeft,
  MoveRight,
  Pencil,
  ScanSearch,
  Split,
  Trash2,
} from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { IconButton } from "../../components/Button";
import { many } from "../../components/format";
import { Menu } from "../../components/Menu";
import { FEW_IMAGES, imagesIn } from "../check";
import { colourOf } from "../colours";
import { useConductor, useDesk, useShown } from "../context";
import { dragConcept, type Load, useDrop } from "../drag";
import { placeName, shift } from "../gestures";
import type { Concept } from "../state";
import styles from "./ConceptCard.module.css";
import { ConceptName } from "./ConceptName";
import { CountButton, MiniTiles } from "./MiniTiles";
import { NoteDialog } from "./NoteDialog";

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

function CardMenu({ concept, number, maps }: { concept: Concept; number: number; maps: number }) {
  const conductor = useConductor();
  const others = useShown((shown) => shown.state.concepts);
  const [noting, setNoting] = useState(false);
  return (
    <>
      <Menu
        trigger={
          <IconButton label={`What to do with concept ${number}`}>
            <EllipsisVertical aria-hidden />
          </IconButton>
        }
        groups={[
          [
            { label: "Rename", icon: <Pencil aria-hidden />, choose: () => conductor.name(concept.id) },
            {
              label: concept.note ? "Change the note" : "Add a note",
              icon: <MessageSquareText aria-hidden />,
              choose: () => setNoting(true),
            },
            {
              label: "More like these",
              note: "unlabeled maps, the most similar first",
              icon: <ScanSearch aria-hidden />,
              disabled: maps === 0,
              choose: () => void conductor.arranger.likePlace(concept.id),
            },
            {
              label: "Split",
              note: "select what belongs elsewhere, then N",
              icon: <Split aria-hidden />,
              disabled: maps < 2,
              choose: () => conductor.openPlace(concept.id),
            },
            {
              label: "Merge into …",
              icon: <Combine aria-hidden />,
              disabled: others.length < 2,
              choose: () => {
                conductor.openPlace(concept.id);
                conductor.show("merge");
              },
            },
            {
              label: "Earlier in the row",
              icon: <MoveLeft aria-hidden />,
              disabled: number === 1,
              choose: () => void conductor.do((state) => shift(state, concept.id, -1)),
            },
            {
              label: "Later in the row",
              icon: <MoveRight aria-hidden />,
              disabled: number === others.length,
              choose: () => void conductor.do((state) => shift(state, concept.id, 1)),
            },
          ],
          [
            {
              label: "Delete",
              note: "Its maps become unlabeled; Ctrl+Z brings it back",
              icon: <Trash2 aria-hidden />,
              choose: () => void conductor.remove(concept.id),
            },
          ],
        ]}
      />
      {noting ? <NoteDialog concept={concept} close={() => setNoting(false)} /> : null}
    </>
  );
}
