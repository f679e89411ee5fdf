import { count, many, percent } from "../components/format";
import styles from "./Charts.module.css";
import { tinted } from "./colour";
import { SCALE_HEIGHT, ShareScale } from "./ShareScale";
import {
  type PlacedLevel,
  type PlacedPart,
  placedLevels,
  type StackGroup,
  type StackLevel,
  stackedParts,
} from "./stackLayout";
import { shortened } from "./text";
import { useWidth } from "./useWidth";

interface StackedBarsProps {
  groups: readonly StackGroup[];
  levels: readonly StackLevel[];
  /** What the chart says in one sentence; the numbers stand in a table beside it. */
  label: string;
  /** What is counted: "map". */
  things: string;
}

const NAMES = 176;
const BAR = 26;
const STEP = 40;
/** Half of the last mark of the scale. */
const RIGHT = 20;
const UNDER_LEVELS = 18;

/** For each class one bar that adds to 1, from the first level (faint) to the last (full). */
export function StackedBars({ groups, levels, label, things }: StackedBarsProps) {
  const { ref, width } = useWidth(960, 340);
  const right = width - RIGHT;
  const legend = placedLevels(levels, NAMES, width);
  const top = legend.height + UNDER_LEVELS;
  const bottom = top + groups.length * STEP - (STEP - BAR) / 2;
  const height = bottom + SCALE_HEIGHT;
  return (
    <div ref={ref} className={styles.scroll}>
      <svg
        data-chart
        className={styles.chart}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={label}
      >
        <Levels placed={legend.placed} />
        <ShareScale zero={NAMES} one={right} top={top - 6} bottom={bottom} />
        {groups.map((group, index) => {
          const y = top + index * STEP;
          return (
            <g key={group.key}>
              <text className={styles.name} x={NAMES - 16} y={y + 12} textAnchor="end">
                {shortened(group.name, 14, NAMES - 20)}
                <title>{group.name}</title>
              </text>
              <text className={styles.tick} x={NAMES - 16} y={y + 27} textAnchor="end">
                {many(group.n, things)}
              </text>
              {stackedParts(group, levels, NAMES, right).map((part) => (
                <Part key={part.level.key} part={part} y={y} group={group} things={things} />
              ))}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

function Part({
  part,
  y,
  group,
  things,
}: {
  part: PlacedPart;
  y: number;
  group: StackGroup;
  things: string;
}) {
  const { ground, text } = tinted(part.strength);
  const { level, k, share, x, width } = part;
  return (
    <g>
      <title>{`${group.name}, ${level.name}: ${percent(share)}, ${count(k)} of ${many(group.n, things)}`}</title>
      <rect className={styles.part} style={{ fill: ground }} x={x} y={y} width={width} height={BAR} />
      {part.roomy ? (
        <text
          className={styles.inside}
          style={{ fill: text }}
          x={x + width / 2}
          y={y + 17}
          textAnchor="middle"
        >
          {percent(share, 0)}
        </text>
      ) : null}
    </g>
  );
}

/** The levels named once, above the bars. */
function Levels({ placed }: { placed: readonly PlacedLevel[] }) {
  return (
    <g>
      {placed.map(({ level, x, y, strength }) => (
        <g key={level.key}>
          <rect
            className={styles.rule}
            style={{ fill: tinted(strength).ground }}
            x={x + 0.5}
            y={y + 4.5}
            width={12}
            height={12}
          />
          <text className={styles.tick} x={x + 18} y={y + 15}>
            {level.name}
          </text>
        </g>
      ))}
    </g>
  );
}
