import { Split } from "lucide-react";
import { Button } from "../../components/Button";
import { count, many } from "../../components/format";
import { useConductor, useDesk, useShown } from "../context";
import { NOT_SURE } from "../state";
import styles from "./Board.module.css";
import { returnToGrid } from "./ConceptName";

/** Makes a new concept of what is selected in the concept that is open; it stands right behind it. */
export function SplitButton({ maps }: { maps: number }) {
  const conductor = useConductor();
  const isConcept = useShown(({ state }) => state.concepts).some(
    ({ id }) => id === conductor.desk.getState().open,
  );
  const selected = useDesk((desk) => desk.selection.selected.size);
  const complete = useShown(({ state }) => state.complete);
  if (!isConcept || complete) return null;
  const some = selected > 0 && selected < maps;
  return (
    <Button
      icon={<Split aria-hidden size={16} />}
      disabled={!some}
      title="Select the maps that belong elsewhere; they become a concept of their own (N)"
      onClick={() => conductor.perform({ kind: "new" })}
    >
      {some ? `Split off ${many(selected, "map")}` : "Split"}
    </Button>
  );
}

/** How many maps the person is not sure about; shows them, wherever they stand, and leads back. */
export function NotSureButton() {
  const conductor = useConductor();
  const unsure = useShown(({ state }) => state.notSure.size);
  const open = useDesk((desk) => desk.open === NOT_SURE);
  if (unsure === 0 && !open) return null;
  return (
    <Button
      className={styles.unsure}
      aria-pressed={open}
      title="Show the maps you are not sure about (Shift+Q)"
      onClick={() => {
        conductor.togglePlace(NOT_SURE);
        requestAnimationFrame(returnToGrid);
      }}
    >
      {count(unsure)} not sure
    </Button>
  );
}
