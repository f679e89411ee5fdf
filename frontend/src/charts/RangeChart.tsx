import { fixed } from "../components/format";
import shared from "./Charts.module.css";
import styles from "./RangeChart.module.css";
import {
  type PlacedMark,
  RANGE_TICKS,
  type RangeGroup,
  type RangeLayout,
  rangeLayout,
  rangeWords,
} from "./rangeLayout";
import { Segment } from "./Segment";
import { shortened } from "./text";
import { useWidth } from "./useWidth";

interface RangeChartProps {
  groups: readonly RangeGroup[];
  /** What the chart says in one sentence; the numbers stand in a table beside it. */
  label: string;
  axis: string;
}

/** Means as dots between the least and the most, chance as a short line on the same scale. */
export function RangeChart({ groups, label, axis }: RangeChartProps) {
  const { ref, width } = useWidth(960, 440);
  const layout = rangeLayout(groups, width);
  const { x, bottom } = layout;
  const marks = layout.groups.flatMap((group) => group.marks);
  const first = marks.find(({ mark }) => mark.chance !== null);
  return (
    <div ref={ref} className={shared.scroll}>
      <svg
        data-chart
        className={shared.chart}
        width={layout.width}
        height={layout.height}
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        role="img"
        aria-label={label}
      >
        {RANGE_TICKS.map((tick) => (
          <g key={tick}>
            <line className={shared.grid} x1={x(tick)} x2={x(tick)} y1={0} y2={bottom} />
            <text className={shared.tick} x={x(tick)} y={bottom + 18} textAnchor="middle">
              {fixed(tick)}
            </text>
          </g>
        ))}
        <text className={shared.tick} x={x(0.5)} y={bottom + 38} textAnchor="middle">
          {axis}
        </text>
        {first?.mark.chance == null ? null : (
          <text className={shared.tick} x={x(first.mark.chance)} y={first.y - 12} textAnchor="middle">
            chance
          </text>
        )}
        {layout.groups.map(({ group, y, marks: of }) => (
          <g key={group.key}>
            <text className={shared.name} x={0} y={y + 15}>
              {shortened(group.name, 14, layout.names - 12)}
              <title>{group.name}</title>
            </text>
            {group.note ? (
              <text className={shared.tick} x={0} y={y + 32}>
                {group.note}
              </text>
            ) : null}
            {of.map((placed) => (
              <Mark key={placed.mark.key} placed={placed} layout={layout} where={group.name} />
            ))}
          </g>
        ))}
      </svg>
    </div>
  );
}

function Mark({ placed, layout, where }: { placed: PlacedMark; layout: RangeLayout; where: string }) {
  const { mark, y } = placed;
  const { x } = layout;
  const end = Math.max(mark.mean ?? 0, mark.high ?? 0);
  return (
    <g className={shared[mark.tone]}>
      <title>{`${where}, ${rangeWords(mark)}`}</title>
      <text className={shared.tick} x={x(0) - 10} y={y + 4} textAnchor="end">
        {mark.name}
      </text>
      {mark.chance === null ? null : (
        <line className={styles.chance} x1={x(mark.chance)} x2={x(mark.chance)} y1={y - 8} y2={y + 8} />
      )}
      {mark.mean !== null && mark.low !== null && mark.high !== null ? (
        <Segment kind="interval" x1={x(mark.low)} x2={x(mark.high)} y={y} />
      ) : null}
      {mark.mean === null ? null : <circle className={shared.bar} cx={x(mark.mean)} cy={y} r={4.5} />}
      <text className={shared.value} x={(mark.mean === null ? x(0) : x(end)) + 10} y={y + 4}>
        {mark.bounded && mark.mean !== null ? "≥ " : ""}
        {fixed(mark.mean)}
      </text>
    </g>
  );
}
