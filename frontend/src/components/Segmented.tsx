import { useId } from "react";
import styles from "./Segmented.module.css";

interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string; disabled?: boolean }[];
  onValue: (value: T) => void;
  /** Read aloud only; for choices whose meaning the place makes plain. */
  hideLabel?: boolean;
}

/** One of a few: a group of radio buttons that looks like one control. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onValue,
  hideLabel,
}: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset className={styles.group}>
      <legend className={hideLabel ? "unseen" : styles.legend}>{label}</legend>
      <div className={styles.row}>
        {options.map((option) => (
          <label key={option.value} className={styles.option}>
            <input
              type="radio"
              name={name}
              className={styles.radio}
              checked={option.value === value}
              disabled={option.disabled}
              onChange={() => onValue(option.value)}
            />
            <span className={styles.face}>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
