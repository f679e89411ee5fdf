import { Link } from "@tanstack/react-router";
import { ArrowLeft, Ellipsis, Eye, Redo2, Undo2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { AccountMenu, ThemeMenu } from "../../app/Shell";
import { Button, IconButton } from "../../components/Button";
import { count } from "../../components/format";
import { Menu } from "../../components/Menu";
import { HelpButton } from "../../components/Page";
import { colourOf } from "../colours";
import { useConductor, useShown } from "../context";
import { type Pace, paceNote, paceOf, paceText, type Sample } from "../pace";
import { DISCARDED, redoStack, undoStack } from "../state";
import styles from "./Header.module.css";
import { SavedState } from "./SavedState";

/** Where I am, how far I am, whether it is saved. */
export function Header({ byPlace }: { byPlace: ReadonlyMap<string, readonly number[]> }) {
  const conductor = useConductor();
  const { board } = conductor;
  const history = useShown((shown) => shown.state.history);
  const complete = useShown((shown) => shown.state.complete);
  return (
    <header className={styles.header}>
      <Link to="/boards" className={styles.back} aria-label="All boards" title="All boards">
        <ArrowLeft aria-hidden size={18} />
      </Link>
      <div className={styles.where}>
        <small>
          {board.project_name} · {board.practice ? "practice board" : board.round_name}
        </small>
        <h1>{board.class_name}</h1>
      </div>
      <Coverage byPlace={byPlace} />
      <SavedState />
      <div className={styles.buttons}>
        <IconButton
          label="Undo"
          look="plain"
          disabled={complete || undoStack(history).length === 0}
          onClick={() => conductor.perform({ kind: "undo" })}
        >
          <Undo2 aria-hidden />
        </IconButton>
        <IconButton
          label="Redo"
          look="plain"
          disabled={complete || redoStack(history).length === 0}
          onClick={() => conductor.perform({ kind: "redo" })}
        >
          <Redo2 aria-hidden />
        </IconButton>
        {complete ? (
          <Button onClick={() => void conductor.do(() => [{ kind: "reopen" }])}>Open again</Button>
        ) : (
          <Button look="main" onClick={() => conductor.show("done")}>
            I am done
          </Button>
        )}
        <HelpButton
          title="About this board"
          help={[
            "Group maps whose bright regions show the same thing, and give each group a name.",
            "Drag maps onto a card, or select them and press its number; what fits nowhere goes to Discarded with X.",
            "Everything is saved as you go, and ? shows all keys.",
          ]}
        />
        {board.blind && !board.practice && !complete ? (
          <Menu
            label="This board"
            trigger={
              <IconButton label="More about this board">
                <Ellipsis aria-hidden />
              </IconButton>
            }
            groups={[
              [
                {
                  label: "Show anyway",
                  note: "what this board hides",
                  icon: <Eye aria-hidden />,
                  choose: () => conductor.show("show"),
                },
              ],
            ]}
          />
        ) : null}
        <ThemeMenu />
        <AccountMenu />
      </div>
    </header>
  );
}

function Coverage({ byPlace }: { byPlace: ReadonlyMap<string, readonly number[]> }) {
  const { board } = useConductor();
  const concepts = useShown((shown) => shown.state.concepts);
  const discarded = byPlace.get(DISCARDED)?.length ?? 0;
  const named = concepts.reduce((sum, concept) => sum + (byPlace.get(concept.id)?.length ?? 0), 0);
  const placed = named + discarded;
  const pace = usePace(placed, board.total - placed);
  return (
    <div className={styles.cover}>
      <p>
        <span>
          <b>{count(placed)}</b> of {count(board.total)} maps placed
        </span>
        <span title={paceNote(pace)}>{paceText(pace)}</span>
      </p>
      <div
        className={styles.bar}
        role="img"
        aria-label={`${named} of ${board.total} named, ${discarded} discarded`}
      >
        {concepts.map((concept, index) => (
          <i
            key={concept.id}
            style={{
              width: `${(100 * (byPlace.get(concept.id)?.length ?? 0)) / board.total}%`,
              background: colourOf(index + 1),
            }}
          />
        ))}
        <i style={{ width: `${(100 * discarded) / board.total}%`, background: "var(--line-strong)" }} />
      </div>
    </div>
  );
}

function usePace(placed: number, left: number): Pace | null {
  const samples = useRef<Sample[]>([]);
  const [pace, setPace] = useState<Pace | null>(null);
  useEffect(() => {
    samples.current = [...samples.current.slice(-500), { at: Date.now(), placed }];
    setPace(paceOf(samples.current, left));
  }, [placed, left]);
  return pace;
}
