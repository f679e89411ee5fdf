import { X } from "lucide-react";
import { useId } from "react";
import { Button, IconButton } from "../../components/Button";
import { many } from "../../components/format";
import { Segmented } from "../../components/Segmented";
import { MapControls } from "../../maps/MapControls";
import { useConductor, useDesk, useShown } from "../context";
import { SIZES } from "../desk";
import { placeName } from "../gestures";
import { NOT_SURE, UNLABELED } from "../state";
import styles from "./Board.module.css";
import { returnToGrid } from "./ConceptName";
import { NotSureButton, SplitButton } from "./PoolActions";

/** Which place the grid shows, how many maps it holds, in which order, how they are drawn. */
export function PoolHead({ count }: { count: number }) {
  const conductor = useConductor();
  const open = useDesk((desk) => desk.open);
  const size = useDesk((desk) => desk.size);
  const name = useShown((shown) => placeName(shown.state, open));
  const isConcept = useShown((shown) => shown.state.concepts.some((concept) => concept.id === open));
  const id = useId();
  return (
    <div className={styles.head}>
      <h2 className={isConcept ? "written" : ""}>{name}</h2>
      <span className={styles.count}>{many(count, "map")}</span>
      {open === UNLABELED ? null : (
        <IconButton label="Back to the unlabeled maps" onClick={() => conductor.openPlace(UNLABELED)}>
          <X aria-hidden />
        </IconButton>
      )}
      <SplitButton maps={count} />
      <NotSureButton />
      {open === NOT_SURE ? null : <OrderControl />}
      <div className={styles.controls}>
        <MapControls />
        <label className={styles.size} htmlFor={id}>
          Size
          <input
            id={id}
            type="range"
            min={SIZES.least}
            max={SIZES.most}
            step={4}
            value={size}
            onChange={(event) => conductor.setSize(Number(event.target.value))}
          />
        </label>
      </div>
      {open === UNLABELED ? <SortedBy /> : null}
    </div>
  );
}

/** Mixed, or similar maps together. */
function OrderControl() {
  const { arranger } = useConductor();
  const arrangement = useDesk((desk) => desk.order.arrangement);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: after a click arrow keys go through the maps, from the keyboard not
    // biome-ignore lint/a11y/noStaticElementInteractions: the radio buttons inside are what is clicked
    <div
      className={styles.order}
      onClick={(event) => {
        if (event.detail > 0) requestAnimationFrame(returnToGrid);
      }}
    >
      <Segmented
        label="Order of the maps"
        hideLabel
        value={arrangement}
        onValue={(value) => void arranger.arrange(value)}
        options={[
          { value: "mixed", label: "Mixed order" },
          { value: "similar", label: "Similar together" },
        ]}
      />
    </div>
  );
}

/** What the unlabeled maps are sorted by at the moment, and the way back. */
function SortedBy() {
  const { arranger } = useConductor();
  const likes = useDesk((desk) => desk.order.likes);
  return (
    <p className={styles.sorted} role="status">
      {likes ? (
        <>
          Sorted by similarity to {likes.to}
          <Button
            onClick={() => {
              arranger.back();
              returnToGrid();
            }}
          >
            Back to the usual order
          </Button>
        </>
      ) : null}
    </p>
  );
}
