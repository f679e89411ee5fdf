import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { many } from "../../components/format";
import { useConductor, useShown } from "../context";
import { placeName } from "../gestures";
import { members, type State, UNLABELED } from "../state";
import styles from "./Board.module.css";

const FEW_IMAGES = 3;

/** What a person may want to look at before finishing; all of it may stay as it is. */
export function check(state: State, images: Readonly<Record<string, number>>): string[] {
  const lines: string[] = [];
  const unlabeled = members(state, UNLABELED).length;
  if (unlabeled > 0) lines.push(`${many(unlabeled, "map is", "maps are")} unlabeled.`);
  const filled = state.concepts.filter((concept) => state.places.includes(concept.id));
  const nameless = filled.filter((concept) => !concept.name).length;
  if (nameless > 0) lines.push(`${many(nameless, "concept has", "concepts have")} no name.`);
  const empty = state.concepts.length - filled.length;
  if (empty > 0) lines.push(`${many(empty, "concept holds", "concepts hold")} no map.`);
  for (const concept of filled) {
    const maps = members(state, concept.id).length;
    const count = Math.min(images[concept.id] ?? maps, maps);
    if (count < FEW_IMAGES) {
      lines.push(`“${placeName(state, concept.id)}” rests on ${many(count, "image")} only.`);
    }
  }
  if (state.notSure.size > 0) lines.push(`You marked ${many(state.notSure.size, "map")} as not sure.`);
  return lines;
}

/** The short check before a board is finished. */
export function DoneDialog({ close }: { close: () => void }) {
  const conductor = useConductor();
  const state = useShown((shown) => shown.state);
  const images = useShown((shown) => shown.images);
  const lines = check(state, images);
  const finish = () => {
    close();
    void conductor.do(() => [{ kind: "complete" }]);
  };
  return (
    <Dialog
      open
      onOpenChange={close}
      title="Finish this board?"
      description="You can open it again at any time."
      footer={
        <>
          <Button onClick={close}>Go on naming</Button>
          <Button look="main" onClick={finish}>
            Finish the board
          </Button>
        </>
      }
    >
      {lines.length === 0 ? (
        <p>Every map is placed, and every concept has a name and at least three images.</p>
      ) : (
        <ul className={styles.check}>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
