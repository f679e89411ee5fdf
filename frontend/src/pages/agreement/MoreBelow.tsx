import { useState } from "react";
import { Button } from "../../components/Button";
import { many } from "../../components/format";
import styles from "./Agreement.module.css";

const AT_FIRST = 24;
const STEP = 60;

/** The first of many things, and more of them when asked for. */
export interface More<T> {
  readonly shown: readonly T[];
  readonly left: number;
  readonly show: () => void;
}

export function useMore<T>(all: readonly T[]): More<T> {
  const [limit, setLimit] = useState(AT_FIRST);
  return {
    shown: all.slice(0, limit),
    left: Math.max(0, all.length - limit),
    show: () => setLimit((before) => before + STEP),
  };
}

/** Says how many are not shown, on paper too, and shows more of them. */
export function MoreBelow({ left, show, what }: { left: number; show: () => void; what: string }) {
  if (left === 0) return null;
  return (
    <div className={styles.more}>
      <Button look="quiet" onClick={show} data-printed>
        Show more, {many(left, what)} left
      </Button>
    </div>
  );
}
