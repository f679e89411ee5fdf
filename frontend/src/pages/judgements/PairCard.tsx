import { ArrowLeft, ArrowRight, Undo2 } from "lucide-react";
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect } from "react";
import type { NamePair } from "../../api/types";
import { Button, IconButton } from "../../components/Button";
import { many, when } from "../../components/format";
import { Tag } from "../../components/Notice";
import styles from "./Judgements.module.css";
import { type Gesture, gestureOf, proposalWords, proposed, RELATIONS, relationLabel, told } from "./judging";

interface PairCardProps {
  pair: NamePair;
  /** Its place in the list: "3 of 40". */
  place: string;
  canUndo: boolean;
  act: (gesture: Gesture) => void;
  /** What the names were given to. */
  maps: ReactNode;
  ref: RefObject<HTMLElement | null>;
}

/** One pair of names, to be judged with one key or click. The keys work while the focus is in the card. */
export function PairCard({ pair, place, canUndo, act, maps, ref }: PairCardProps) {
  useEffect(() => ref.current?.focus({ preventScroll: true }), [ref]);
  const press = (event: KeyboardEvent) => {
    const gesture = gestureOf(event);
    const presses = (event.target as HTMLElement).closest("button, a, summary") !== null;
    if (!gesture || (event.key === "Enter" && presses)) return;
    event.preventDefault();
    act(gesture);
  };
  return (
    <section
      ref={ref}
      className={styles.card}
      data-unprinted
      tabIndex={-1}
      aria-label="Pair of names"
      onKeyDown={press}
    >
      <header className={styles.head}>
        <span className={styles.place}>{place}</span>
        <span className={styles.state}>
          {pair.judgement ? (
            <>
              <Tag tone="good">{relationLabel(pair.judgement.relation)}</Tag> said by{" "}
              {pair.judgement.judged_by}, {when(pair.judgement.judged_at)}
            </>
          ) : (
            "not judged"
          )}
        </span>
        <div className={styles.steps}>
          <IconButton label="Previous pair" onClick={() => act({ kind: "step", by: -1 })}>
            <ArrowLeft aria-hidden />
          </IconButton>
          <IconButton label="Next pair" onClick={() => act({ kind: "step", by: 1 })}>
            <ArrowRight aria-hidden />
          </IconButton>
        </div>
      </header>
      <p className="unseen" aria-live="polite">
        {told(pair)}
      </p>
      <h2 className={styles.names}>
        <span className="written">{pair.name_a}</span>
        <span className={styles.and}>and</span>
        <span className="written">{pair.name_b}</span>
      </h2>
      <p className={styles.why}>
        {many(pair.shared, "map")} in common, each counted once for each pair of annotators.{" "}
        {proposalWords(pair)}
      </p>
      {maps}
      <div className={styles.relations}>
        {RELATIONS.map(({ relation, label, key, says }) => (
          <button
            key={relation}
            type="button"
            className={styles.relation}
            aria-pressed={pair.judgement?.relation === relation}
            data-proposed={(!pair.judgement && proposed(pair) === relation) || undefined}
            onClick={() => act({ kind: "judge", relation })}
          >
            <span>
              <b>{label}</b> <kbd>{key.toUpperCase()}</kbd>
            </span>
            <small>{says}</small>
          </button>
        ))}
      </div>
      <footer className={styles.feet}>
        <Button look="quiet" disabled={!pair.judgement} onClick={() => act({ kind: "withdraw" })}>
          Withdraw
        </Button>
        <Button
          look="quiet"
          icon={<Undo2 aria-hidden />}
          disabled={!canUndo}
          onClick={() => act({ kind: "undo" })}
        >
          Undo
        </Button>
        <span className={styles.keys}>
          {proposed(pair) ? (
            <>
              <kbd>Enter</kbd> takes the proposal,{" "}
            </>
          ) : null}
          <kbd>←</kbd> <kbd>→</kbd> step, <kbd>⌫</kbd> withdraws
        </span>
      </footer>
    </section>
  );
}
