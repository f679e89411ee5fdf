import { fixed } from "../components/format";
import styles from "./Segment.module.css";

export type SegmentKind = "interval" | "bound";

interface SegmentProps {
  kind: SegmentKind;
  x1: number;
  x2: number;
  y: number;
}

/** From one value to another: an interval is a thin line, a bound a closed segment that holds the exact value. */
export function Segment({ kind, x1, x2, y }: SegmentProps) {
  if (kind === "interval") return <line className={styles.interval} x1={x1} x2={x2} y1={y} y2={y} />;
  return (
    <g>
      <rect className={styles.bound} x={x1} y={y - 2.5} width={Math.max(x2 - x1, 1)} height={5} />
      <path className={styles.end} d={`M${x1} ${y - 5.5}v11M${x2} ${y - 5.5}v11`} />
    </g>
  );
}

/** What a segment says in words: "bound, 0.58 to 0.61". */
export function segmentWords(kind: SegmentKind, low: number, high: number): string {
  return `${kind}, ${fixed(low)} to ${fixed(high)}`;
}
