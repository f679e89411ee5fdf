import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { colourOf } from "../board/colours";
import { many } from "../components/format";
import shared from "./Charts.module.css";
import styles from "./MatchingDrawing.module.css";
import {
  BAR,
  familyLetter,
  type Matching,
  type MatchingEdge,
  matchingLayout,
  type PlacedConcept,
  type PlacedEdge,
} from "./matchingLayout";
import { useWidth } from "./useWidth";

/** The two concepts of an edge, by their ids. */
export type EdgeEnds = Pick<MatchingEdge, "left" | "right">;

interface MatchingDrawingProps {
  matching: Matching;
  /** What the drawing says in one sentence: of whom, which matching, its value with its n. */
  label: string;
  /** The annotators of both sides. */
  leftName: string;
  rightName: string;
  selected?: EdgeEnds | null;
  /** An edge was chosen by click or key; the maps behind it may be shown. */
  onSelect: (edge: EdgeEnds) => void;
}

const HEAD = 26;

/**
 * Two namings of a class and what they share (Figure 7 of the naming paper). The width of an edge is the maps in
 * common, the colour and letter of a concept its family; edges that are not matched are dashed and grey.
 */
export function MatchingDrawing(props: MatchingDrawingProps) {
  const { matching, label, leftName, rightName, selected = null, onSelect } = props;
  const { ref, width } = useWidth(900, 460);
  const layout = useMemo(() => matchingLayout(matching, width), [matching, width]);
  const inOrder = useMemo(() => readingOrder(layout.edges), [layout.edges]);
  const [reached, setReached] = useState<EdgeEnds | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  const wanted = reached ?? selected;
  const here = inOrder.find(({ edge }) => same(edge, wanted))?.edge ?? inOrder[0]?.edge ?? null;

  const walk = (event: KeyboardEvent) => {
    const index = inOrder.findIndex(({ edge }) => edge === here);
    const next = inOrder[target(event.key, index, inOrder.length)]?.edge;
    if (!next) return;
    event.preventDefault();
    setReached(next);
    svg.current?.querySelector<SVGElement>(`[data-edge="${edgeKey(next)}"]`)?.focus();
  };

  return (
    <div ref={ref} className={shared.scroll}>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing has no fieldset */}
      <svg
        ref={svg}
        data-chart
        className={shared.chart}
        width={layout.width}
        height={layout.height + HEAD}
        viewBox={`0 0 ${layout.width} ${layout.height + HEAD}`}
        role="group"
        aria-label={label}
        onKeyDown={walk}
      >
        <text className={styles.side} x={layout.leftBar + BAR} y={16} textAnchor="end">
          {leftName}
        </text>
        <text className={styles.side} x={layout.rightBar} y={16}>
          {rightName}
        </text>
        <g transform={`translate(0 ${HEAD})`}>
          {layout.edges.map((placed) => (
            <Edge
              key={edgeKey(placed.edge)}
              placed={placed}
              chosen={same(placed.edge, selected)}
              reachable={placed.edge === here}
              choose={() => onSelect({ left: placed.edge.left, right: placed.edge.right })}
              focused={() => setReached(placed.edge)}
            />
          ))}
          {layout.edges.map(({ edge, at }) =>
            at ? (
              <text
                key={edgeKey(edge)}
                aria-hidden
                className={styles.weight}
                x={at.x}
                y={at.y + 4}
                textAnchor="middle"
              >
                {edge.weight}
              </text>
            ) : null,
          )}
          {layout.left.map((placed) => (
            <Concept
              key={placed.concept.id}
              placed={placed}
              x={layout.leftBar}
              size={layout.size}
              side="left"
            />
          ))}
          {layout.right.map((placed) => (
            <Concept
              key={placed.concept.id}
              placed={placed}
              x={layout.rightBar}
              size={layout.size}
              side="right"
            />
          ))}
        </g>
      </svg>
    </div>
  );
}

function Concept({
  placed,
  x,
  size,
  side,
}: {
  placed: PlacedConcept;
  x: number;
  size: number;
  side: "left" | "right";
}) {
  const { concept, label, full, y, height } = placed;
  const onLeft = side === "left";
  const middle = y + height / 2;
  const letter = concept.family === null ? null : familyLetter(concept.family);
  return (
    <g>
      <title>{`${full}, ${many(concept.size, "map")}${letter ? `, family ${letter}` : ", not matched"}`}</title>
      <rect
        className={styles.bar}
        style={{ fill: concept.family === null ? "var(--line-strong)" : colourOf(concept.family + 1) }}
        x={x}
        y={y}
        width={BAR}
        height={height}
        rx={3}
      />
      {letter ? (
        <text className={styles.letter} aria-hidden x={x + BAR / 2} y={middle + 4} textAnchor="middle">
          {letter}
        </text>
      ) : null}
      <text
        className={concept.name === null ? styles.nameless : shared.written}
        fontSize={size}
        x={onLeft ? x - 12 : x + BAR + 12}
        y={middle + size * 0.32}
        textAnchor={onLeft ? "end" : "start"}
      >
        {label}
        <tspan className={styles.count} dx={6}>
          {concept.size}
        </tspan>
      </text>
    </g>
  );
}

interface EdgeProps {
  placed: PlacedEdge;
  chosen: boolean;
  reachable: boolean;
  choose: () => void;
  focused: () => void;
}

function Edge({ placed, chosen, reachable, choose, focused }: EdgeProps) {
  const { edge, from, to, path, width } = placed;
  const matched = edge.family !== null;
  const kind = matched ? `matched, family ${familyLetter(edge.family ?? 0)}` : "not matched";
  const says = `${from.full} and ${to.full}, ${many(edge.weight, "map")} in common, ${kind}`;
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing has no button element
    <g
      role="button"
      tabIndex={reachable ? 0 : -1}
      aria-pressed={chosen}
      aria-label={says}
      className={styles.edge}
      data-edge={edgeKey(edge)}
      onClick={choose}
      onKeyDown={press}
      onFocus={focused}
    >
      <title>{says}</title>
      <path data-screen className={styles.halo} d={path} strokeWidth={width + 6} />
      <path
        className={matched ? styles.matched : styles.loose}
        style={matched ? { stroke: colourOf((edge.family ?? 0) + 1) } : undefined}
        data-chosen={chosen || undefined}
        d={path}
        strokeWidth={width}
      />
      <path data-screen className={styles.hit} d={path} strokeWidth={Math.max(width, 14)} />
    </g>
  );
}

/** Edges as one reads the drawing: from the top of the left side, then down the right. */
function readingOrder(edges: readonly PlacedEdge[]): PlacedEdge[] {
  return edges.toSorted((a, b) => a.from.y - b.from.y || a.to.y - b.to.y);
}

function target(key: string, index: number, length: number): number {
  if (key === "ArrowDown" || key === "ArrowRight") return Math.min(index + 1, length - 1);
  if (key === "ArrowUp" || key === "ArrowLeft") return Math.max(index - 1, 0);
  if (key === "Home") return 0;
  if (key === "End") return length - 1;
  return -1;
}

const edgeKey = (edge: EdgeEnds) => encodeURIComponent(`${edge.left} ${edge.right}`);

function same(first: EdgeEnds, second: EdgeEnds | null): boolean {
  return second !== null && first.left === second.left && first.right === second.right;
}
