import { type KeyboardEvent, useRef, useState } from "react";
import { fixed, UNDEFINED } from "../components/format";
import shared from "./Charts.module.css";
import { tinted } from "./colour";
import styles from "./PairMatrix.module.css";
import {
  cellAt,
  type MatrixCell,
  type MatrixName,
  type Pair,
  type Step,
  samePair,
  stepped,
  strengthOf,
} from "./pairs";
import { Segment, segmentWords } from "./Segment";
import { shortened, widthOf } from "./text";

interface PairMatrixProps {
  names: readonly MatrixName[];
  /** Each pair once, in whatever order; a pair without a cell stays empty. */
  cells: readonly MatrixCell[];
  /** What the values are, for those who do not see the chart: "Agreement, D = 2, star". */
  label: string;
  selected?: Pair | null;
  /** Without it the matrix is only looked at. */
  onSelect?: (pair: Pair) => void;
}

const WIDTH = 54;
const HEIGHT = 44;
const GAP = 3;
/** Pixels from 0 to 1 in a cell. */
const SCALE = 42;
const HEAD = 34;
const LONGEST_NAME = 130;
const KEYS: Readonly<Record<string, Step>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  Home: "first",
  End: "last",
};

/** Annotator × annotator: each cell its value on a tint; chosen by click, or by arrows and Enter. */
export function PairMatrix(props: PairMatrixProps) {
  const { names, cells, label, selected = null, onSelect } = props;
  const [reached, setReached] = useState<Pair | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  const left = Math.max(...names.map((each) => Math.min(widthOf(short(each), 13), LONGEST_NAME))) + 20;
  const width = left + names.length * (WIDTH + GAP);
  const height = HEAD + names.length * (HEIGHT + GAP);
  const here = reached ?? selected ?? firstPair(names);

  const walk = (event: KeyboardEvent) => {
    const step = KEYS[event.key];
    if (!step || !here) return;
    event.preventDefault();
    const next = stepped(names, here, step);
    setReached(next);
    svg.current?.querySelector<SVGElement>(`[data-cell="${cellKey(next)}"]`)?.focus();
  };

  return (
    <div className={shared.scroll}>
      <svg
        ref={svg}
        data-chart
        className={shared.chart}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role={onSelect ? "group" : "img"}
        aria-label={label}
        onKeyDown={onSelect ? walk : undefined}
      >
        {names.map((column, index) => (
          <text
            key={column.key}
            className={styles.head}
            aria-hidden
            x={left + index * (WIDTH + GAP) + WIDTH / 2}
            y={HEAD - 12}
            textAnchor="middle"
          >
            {shortened(short(column), 13, WIDTH)}
            <title>{column.name}</title>
          </text>
        ))}
        {names.map((row, down) => {
          const y = HEAD + down * (HEIGHT + GAP);
          return (
            <g key={row.key}>
              <text className={styles.head} aria-hidden x={left - 12} y={y + 27} textAnchor="end">
                {shortened(short(row), 13, LONGEST_NAME)}
                <title>{row.name}</title>
              </text>
              {names.map((column, right) => {
                const pair = { row: row.key, column: column.key };
                const cell = down === right ? null : cellAt(cells, pair);
                if (!cell) return null;
                return (
                  <Cell
                    key={column.key}
                    cell={cell}
                    says={`${row.name} and ${column.name}: ${words(cell)}`}
                    x={left + right * (WIDTH + GAP)}
                    y={y}
                    strength={strengthOf(cell)}
                    place={cellKey(pair)}
                    chosen={samePair(pair, selected)}
                    reachable={here !== null && cellKey(here) === cellKey(pair)}
                    {...(onSelect ? { choose: () => onSelect(pair) } : {})}
                    focused={() => setReached(pair)}
                  />
                );
              })}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

interface CellProps {
  cell: MatrixCell;
  says: string;
  x: number;
  y: number;
  strength: number | null;
  place: string;
  chosen: boolean;
  reachable: boolean;
  choose?: () => void;
  focused: () => void;
}

function Cell({ cell, says, x, y, strength, place, chosen, reachable, choose, focused }: CellProps) {
  const { ground, text } = tinted(strength ?? 0);
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose?.();
  };
  const asButton = choose
    ? {
        role: "button",
        tabIndex: reachable ? 0 : -1,
        "aria-pressed": chosen,
        "aria-label": says,
        onClick: choose,
        onKeyDown: press,
        onFocus: focused,
      }
    : {};
  return (
    <g className={choose ? styles.cell : undefined} data-cell={place} {...asButton}>
      <title>{says}</title>
      <rect
        className={strength === null ? styles.undefined : undefined}
        style={strength === null ? undefined : { fill: ground }}
        x={x}
        y={y}
        width={WIDTH}
        height={HEIGHT}
        rx={6}
      />
      {chosen ? (
        <rect
          className={styles.chosen}
          x={x + 0.25}
          y={y + 0.25}
          width={WIDTH - 0.5}
          height={HEIGHT - 0.5}
          rx={6}
        />
      ) : null}
      <rect
        data-screen
        className={styles.focus}
        x={x - 2}
        y={y - 2}
        width={WIDTH + 4}
        height={HEIGHT + 4}
        rx={8}
      />
      <Value cell={cell} x={x + WIDTH / 2} y={y} text={strength === null ? undefined : text} />
    </g>
  );
}

/** A value as a number; a bound as its two ends and the segment between them on a scale from 0 to 1, named as one. */
function Value({ cell, x, y, text }: { cell: MatrixCell; x: number; y: number; text: string | undefined }) {
  const style = text ? { fill: text } : undefined;
  if (cell.value === null && cell.bound) {
    const { lower, upper } = cell.bound;
    const at = (value: number) => x + (value - 0.5) * SCALE;
    return (
      <g aria-hidden style={text ? { color: text } : undefined}>
        <text className={styles.small} style={style} x={x} y={y + 14} textAnchor="middle">
          {`${fixed(lower)}–${fixed(upper)}`}
        </text>
        <line className={styles.scale} x1={at(0)} x2={at(1)} y1={y + 23} y2={y + 23} />
        <Segment kind="bound" x1={at(lower)} x2={at(upper)} y={y + 23} />
        <text className={styles.small} style={style} x={x} y={y + 39} textAnchor="middle">
          bound
        </text>
      </g>
    );
  }
  return (
    <text aria-hidden className={styles.value} style={style} x={x} y={y + 27} textAnchor="middle">
      {cell.value === null ? UNDEFINED : fixed(cell.value)}
    </text>
  );
}

function words(cell: MatrixCell): string {
  if (cell.value !== null) return `${fixed(cell.value)}, ${cell.note}`;
  if (cell.bound) return `${segmentWords("bound", cell.bound.lower, cell.bound.upper)}, ${cell.note}`;
  return `not defined, ${cell.reason ?? cell.note}`;
}

const short = (each: MatrixName) => each.short ?? each.name;

const cellKey = (pair: Pair) => encodeURIComponent(`${pair.row} ${pair.column}`);

function firstPair(names: readonly MatrixName[]): Pair | null {
  const [row, column] = names;
  return row && column ? { row: row.key, column: column.key } : null;
}
