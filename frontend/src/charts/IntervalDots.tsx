import styles from "./IntervalDots.module.css";
import { Segment, type SegmentKind } from "./Segment";

export interface IntervalRow {
  readonly key: string;
  /** null where there is only a bound, or nothing. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** What low and high are; an interval where it is not said. */
  readonly kind?: SegmentKind;
  readonly tone: "accent" | "grey";
  /** Levels that need no looking (chance), each a short labelled line. */
  readonly marks?: readonly { readonly at: number; readonly label: string }[];
}

interface IntervalDotsProps {
  rows: readonly IntervalRow[];
  /** What the chart says, for those who do not see it; the numbers stand in a table beside it. */
  label: string;
  width: number;
  from?: number;
  to?: number;
}

const ROW = 14;
const EDGE = 6;

/** A dot per row with its interval, on one scale: no axis of its own, it stands in a table's cell. */
export function IntervalDots({ rows, label, width, from = 0, to = 1 }: IntervalDotsProps) {
  const x = (value: number) => EDGE + ((value - from) / (to - from)) * (width - 2 * EDGE);
  const height = rows.length * ROW + 4;
  return (
    <svg className={styles.chart} width={width} height={height} role="img" aria-label={label}>
      <line className={styles.track} x1={x(from)} x2={x(to)} y1={height / 2} y2={height / 2} />
      {rows.map((row, index) => {
        const y = 2 + ROW * (index + 0.5);
        return (
          <g key={row.key} className={styles[row.tone]}>
            {row.marks?.map((mark) => (
              <line
                key={mark.label}
                className={styles.mark}
                x1={x(mark.at)}
                x2={x(mark.at)}
                y1={y - 6}
                y2={y + 6}
              >
                <title>{mark.label}</title>
              </line>
            ))}
            {row.low !== null && row.high !== null ? (
              <Segment kind={row.kind ?? "interval"} x1={x(row.low)} x2={x(row.high)} y={y} />
            ) : null}
            {row.value === null ? null : <circle className={styles.dot} cx={x(row.value)} cy={y} r={4} />}
          </g>
        );
      })}
    </svg>
  );
}
