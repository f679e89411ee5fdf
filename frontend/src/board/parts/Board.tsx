import { useEffect, useMemo } from "react";
import { Notice } from "../../components/Notice";
import { useConductor, useDesk, useShown } from "../context";
import { placeName } from "../gestures";
import { actionOf, isTyping } from "../keys";
import { listOf } from "../order";
import styles from "./Board.module.css";
import { returnToGrid } from "./ConceptName";
import { DoneDialog } from "./DoneDialog";
import { FirstVisit } from "./FirstVisit";
import { Footer } from "./Footer";
import { Header } from "./Header";
import { Instructions } from "./Instructions";
import { KeysDialog } from "./KeysDialog";
import { LargeView } from "./LargeView";
import { MapGrid } from "./MapGrid";
import { MergeInto } from "./MergeInto";
import { MoveTo } from "./MoveTo";
import { PoolHead } from "./PoolHead";
import { PracticeNotice } from "./PracticeNotice";
import { Questions } from "./Questions";
import { Shelf } from "./Shelf";
import { ShowAnywayDialog } from "./ShowAnywayDialog";

/** The light table: what is not placed yet on the left, the concepts on the right. */
export function Board({ account }: { account: string }) {
  const conductor = useConductor();
  const { board } = conductor;
  const places = useShown((shown) => shown.state.places);
  const complete = useShown((shown) => shown.state.complete);
  const open = useDesk((desk) => desk.open);
  const byPlace = useMemo(() => grouped(places), [places]);
  const order = useDesk((desk) => desk.order);
  const notSure = useShown((shown) => shown.state.notSure);
  const list = useMemo(() => listOf({ places, notSure }, open, order), [places, notSure, open, order]);
  const layer = useDesk((desk) => desk.layer);
  const close = () => {
    conductor.show(null);
    requestAnimationFrame(returnToGrid);
  };
  useKeys();
  useEffect(returnToGrid, []);
  return (
    <div className={styles.board}>
      <Header byPlace={byPlace} />
      <div className={styles.notices}>
        {board.practice ? <PracticeNotice /> : null}
        {complete && !board.practice ? (
          <Notice tone="good">This board is finished. Open it again if you want to change something.</Notice>
        ) : null}
        {board.blind ? null : (
          <Notice tone="careful">This board is not blind: what it hides was shown once.</Notice>
        )}
        <Questions />
        <FirstVisit account={account} />
        <Instructions board={board} />
      </div>
      <main className={styles.main} id="main">
        <section className={styles.pool} aria-label="Maps">
          <PoolHead count={list.length} />
          <MapGrid key={open} list={list} label={`${placeName(conductor.state, open)} maps`} />
        </section>
        <Shelf byPlace={byPlace} />
      </main>
      <Footer />
      {layer === "keys" ? <KeysDialog close={close} /> : null}
      {layer === "move" ? <MoveTo close={close} /> : null}
      {layer === "merge" ? <MergeInto close={close} /> : null}
      {layer === "done" ? <DoneDialog close={close} /> : null}
      {layer === "show" ? <ShowAnywayDialog close={close} /> : null}
      {layer === "large" ? <LargeView list={list} close={close} /> : null}
    </div>
  );
}

/** Indices of maps by place, in the order of the board. */
function grouped(places: readonly string[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  places.forEach((place, index) => {
    const there = found.get(place);
    if (there) there.push(index);
    else found.set(place, [index]);
  });
  return found;
}

/** The table of keys, for the whole page but fields; in dialogs only where they are about maps. */
function useKeys(): void {
  const conductor = useConductor();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target)) return;
      const { layer } = conductor.desk.getState();
      if (!event.ctrlKey && !event.metaKey && conductor.typeAhead(event.key)) {
        event.preventDefault();
        return;
      }
      const target = event.target instanceof Element ? event.target : null;
      const inMenu = target?.closest('[role="menu"], [role="dialog"]');
      if (inMenu && layer !== "large" && layer !== "keys") return;
      const action = actionOf(event);
      if (!action) return;
      const presses = event.key === " " || event.key === "Enter";
      if (presses && target?.closest("button, a, input")) return;
      if (event.key.startsWith("Arrow") && target?.closest("input")) return;
      event.preventDefault();
      conductor.perform(action);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [conductor]);
}
