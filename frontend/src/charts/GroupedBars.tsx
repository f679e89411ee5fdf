import { count, percent, UNDEFINED } from "../components/format";
import {
  BAR,
  type BarGroup,
  type BarSeries,
  groupedBars,
  type PlacedBar,
  type PlacedGroup,
} from "./barLayout";
import styles from "./Charts.module.css";
import { SCALE_HEIGHT, ShareScale } from "./ShareScale";
import { shortened } from "./text";
import { useWidth } from "./useWidth";

interface GroupedBarsProps {
  groups: readonly BarGroup[];
  /** In the order in which they stand, the same on every chart of a page. */
  series: readonly BarSeries[];
  /** What the chart says in one sentence; the numbers stand in a table beside it. */
  label: string;
  /** What is counted: "map". */
  things: string;
}

/** Shares from 0 to 1, for each class one bar beside the other, each with its value and, on hover, k of n. */
export function GroupedBars({ groups, series, label, things }: GroupedBarsProps) {
  const { ref, width } = useWidth(960, 340);
  const layout = groupedBars(groups, series, width);
  const height = layout.bottom + SCALE_HEIGHT;
  return (
    <div ref={ref} className={styles.scroll}>
      <svg
        data-chart
        className={styles.chart}
        width={layout.width}
        height={height}
        viewBox={`0 0 ${layout.width} ${height}`}
        role="img"
        aria-label={label}
      >
        {layout.scales.map(({ zero, one }) => (
          <ShareScale key={zero} zero={zero} one={one} top={0} bottom={layout.bottom} />
        ))}
        {layout.groups.map((placed) => (
          <Group key={placed.group.key} placed={placed} things={things} />
        ))}
      </svg>
    </div>
  );
}

function Group({ placed, things }: { placed: PlacedGroup; things: string }) {
  const { group, x, y, bars } = placed;
  return (
    <g>
      <text className={styles.name} x={x - 12} y={y + 11} textAnchor="end">
        {shortened(group.name, 14, 116)}
        <title>{group.name}</title>
      </text>
      {group.note ? (
        <text className={styles.tick} x={x - 12} y={y + 27} textAnchor="end">
          {group.note}
        </text>
      ) : null}
      {bars.map((bar) => (
        <Bar key={bar.series.key} bar={bar} where={group.name} things={things} />
      ))}
    </g>
  );
}

function Bar({ bar, where, things }: { bar: PlacedBar; where: string; things: string }) {
  const { series, value, x, y, width } = bar;
  const says =
    value.value === null
      ? (value.reason ?? "not defined")
      : `${percent(value.value)}, ${count(value.k)} of ${count(value.n)} ${things}s`;
  return (
    <g className={styles[series.tone]}>
      <title>{`${where}, ${series.name}: ${says}`}</title>
      <text className={styles.tick} x={x - 8} y={y + 11} textAnchor="end">
        {shortened(series.short ?? series.name, 12, 76)}
      </text>
      <rect className={styles.bar} x={x} y={y} width={Math.max(width, 0)} height={BAR} rx={2} />
      <text className={styles.value} x={x + width + 6} y={y + 11}>
        {value.value === null ? UNDEFINED : percent(value.value, 0)}
      </text>
    </g>
  );
}
