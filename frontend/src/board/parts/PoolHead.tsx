import { X } from "lucide-react";
import { useId } from "react";
import { IconButton } from "../../components/Button";
import { many } from "../../components/format";
import { MapControls } from "../../maps/MapControls";
import { useConductor, useDesk, useShown } from "../context";
import { SIZES } from "../desk";
import { placeName } from "../gestures";
import { UNLABELED } from "../state";
import styles from "./Board.module.css";

/** Which place the grid shows, how many maps it holds, how they are drawn. */
export function PoolHead({ count }: { count: number }) {
  const conductor = useConductor();
  const open = useDesk((desk) => desk.open);
  const size = useDesk((desk) => desk.size);
  const name = useShown((shown) => placeName(shown.state, open));
  const id = useId();
  return (
    <div className={styles.head}>
      <h2 className={open === UNLABELED ? "" : "written"}>{name}</h2>
      <span className={styles.count}>{many(count, "map")}</span>
      {open === UNLABELED ? null : (
        <IconButton label="Back to the unlabeled maps" onClick={() => conductor.openPlace(UNLABELED)}>
          <X aria-hidden />
        </IconButton>
      )}
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
    </div>
  );
}
