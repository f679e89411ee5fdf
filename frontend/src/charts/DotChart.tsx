import { fixed } from "../components/format";
import shared from "./Charts.module.css";
import styles from "./DotChart.module.css";
import { Segment, type SegmentKind, segmentWords } from "./Segment";

export interface Dot {
  readonly name: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** What low and high are; an interval where it is not said. A bound has no value. */
  readonly kind?: SegmentKind;
  readonly tone: "accent" | "grey";
}

export interface DotLine {
  readonly key: string;
  readonly name: string;
  /** The line under the name: of how many. */
  readonly note: string;
  readonly dots: readonly Dot[];
  /** Levels reached without looking. */
  readonly baselines: readonly { readonly name: string; readonly value: number }[];
  readonly strong?: boolean;
}

interface DotChartProps {
  lines: readonly DotLine[];
  /** What the chart says in one sentence; the numbers stand in a table beside it. */
  label: string;
  axis: string;
}

const WIDTH = 720;
const NAMES = 190;
const RIGHT = 96;
const TOP = 30;
const LINE = 46;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

const x = (value: number) => NAMES + value * (WIDTH - NAMES - RIGHT);

/** Shares from 0 to 1 as dots with thin intervals, chance as short labelled lines, one line of names per row. */
export function DotChart({ lines, label, axis }: DotChartProps) {
  const bottom = TOP + lines.length * LINE;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys
    <section className={shared.scroll} aria-label={axis} tabIndex={0}>
      <svg
        data-chart
        className={shared.chart}
        width={WIDTH}
        height={bottom + 44}
        viewBox={`0 0 ${WIDTH} ${bottom + 44}`}
        role="img"
        aria-label={label}
      >
        {TICKS.map((tick) => (
          <g key={tick}>
            <line className={shared.grid} x1={x(tick)} x2={x(tick)} y1={TOP} y2={bottom} />
            <text className={shared.tick} x={x(tick)} y={bottom + 18} textAnchor="middle">
              {fixed(tick)}
            </text>
          </g>
        ))}
        <text className={shared.tick} x={x(0.5)} y={bottom + 38} textAnchor="middle">
          {axis}
        </text>
        {lines.map((line, index) => (
          <Line key={line.key} line={line} middle={TOP + LINE * (index + 0.5)} first={index === 0} />
        ))}
      </svg>
    </section>
  );
}

function Line({ line, middle, first }: { line: DotLine; middle: number; first: boolean }) {
  const step = 16;
  const start = middle - ((line.dots.length - 1) * step) / 2;
  return (
    <g>
      {line.strong ? (
        <line
          className={shared.rule}
          x1={0}
          x2={WIDTH - RIGHT}
          y1={middle - LINE / 2}
          y2={middle - LINE / 2}
        />
      ) : null}
      <text
        className={line.strong ? shared.strong : shared.name}
        x={NAMES - 16}
        y={middle - 1}
        textAnchor="end"
      >
        {line.name}
      </text>
      <text className={shared.tick} x={NAMES - 16} y={middle + 14} textAnchor="end">
        {line.note}
      </text>
      {line.baselines.map((baseline, index) => (
        <g key={baseline.name}>
          <line
            className={index === 0 ? styles.baseline : styles.second}
            x1={x(baseline.value)}
            x2={x(baseline.value)}
            y1={middle - 18}
            y2={middle + 18}
          />
          {first ? (
            <text
              className={shared.tick}
              x={x(baseline.value)}
              y={TOP - (index === 0 ? 6 : 18)}
              textAnchor={index === 0 ? "middle" : "start"}
            >
              {baseline.name}
            </text>
          ) : null}
        </g>
      ))}
      {line.dots.map((dot, index) => (
        <DotMark key={dot.name} dot={dot} y={start + index * step} named={first} />
      ))}
    </g>
  );
}

function DotMark({ dot, y, named }: { dot: Dot; y: number; named: boolean }) {
  const { value, low, high, kind = "interval" } = dot;
  const segment = low !== null && high !== null ? { low, high } : null;
  if (value === null && !(segment && kind === "bound")) return null;
  const end = x(Math.max(value ?? 0, high ?? 0));
  const beside = [named ? dot.name : "", kind === "bound" && segment ? "bound" : ""].filter(Boolean);
  return (
    <g className={shared[dot.tone]}>
      {segment ? <title>{`${dot.name}: ${segmentWords(kind, segment.low, segment.high)}`}</title> : null}
      {segment ? <Segment kind={kind} x1={x(segment.low)} x2={x(segment.high)} y={y} /> : null}
      {value === null ? null : <circle className={styles.dot} cx={x(value)} cy={y} r={4.5} />}
      {beside.length > 0 ? (
        <text className={styles.dotName} x={end + 10} y={y + 4}>
          {beside.join(", ")}
        </text>
      ) : null}
    </g>
  );
}
