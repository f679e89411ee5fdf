import { percent } from "../components/format";
import styles from "./Charts.module.css";
import { shareTicks } from "./shareTicks";

interface ShareScaleProps {
  /** Where 0 and 100 % stand. */
  zero: number;
  one: number;
  top: number;
  bottom: number;
}

/** Room for the words under a chart. */
export const SCALE_HEIGHT = 24;

/** The scale of shares, its lines from top to bottom and its words beneath. */
export function ShareScale({ zero, one, top, bottom }: ShareScaleProps) {
  return (
    <g aria-hidden>
      {shareTicks(one - zero).map((tick) => {
        const x = zero + tick * (one - zero);
        return (
          <g key={tick}>
            <line className={tick === 0 ? styles.rule : styles.grid} x1={x} x2={x} y1={top} y2={bottom} />
            <text className={styles.tick} x={x} y={bottom + 18} textAnchor="middle">
              {percent(tick, 0)}
            </text>
          </g>
        );
      })}
    </g>
  );
}
