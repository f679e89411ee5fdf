import { useId } from "react";
import { percent } from "../components/format";
import { Segmented } from "../components/Segmented";
import { CONTOUR_LEVEL } from "./contour";
import styles from "./Maps.module.css";
import { useMapView } from "./view";

/** How maps lie over the photographs: style and strength. */
export function MapControls() {
  const { style, strength, setStyle, setStrength } = useMapView();
  const id = useId();
  return (
    <div className={styles.controls}>
      <Segmented
        label="Maps drawn as"
        hideLabel
        value={style}
        onValue={setStyle}
        options={[
          { value: "heat", label: "Heat" },
          { value: "mask", label: "Mask" },
          { value: "contour", label: "Contour" },
        ]}
      />
      <label className={styles.strength} htmlFor={id}>
        Strength
        <input
          id={id}
          type="range"
          min={0}
          max={1}
          step={0.05}
          value={strength}
          aria-valuetext={percent(strength, 0)}
          onChange={(event) => setStrength(Number(event.target.value))}
        />
      </label>
      {style === "contour" ? (
        <span className={styles.note}>Line at {percent(CONTOUR_LEVEL, 0)} of the map’s maximum</span>
      ) : null}
    </div>
  );
}
