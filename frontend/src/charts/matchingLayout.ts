import { shortened, widthOf } from "./text";

/** A concept of one of the two annotators. `size`: its maps after cleaning. */
export interface MatchingConcept {
  readonly id: string;
  /** null: a group that nobody put a word to. */
  readonly name: string | null;
  readonly size: number;
  /** Number of its family (block) from 0, the same on both sides; null where it is in none. */
  readonly family: number | null;
}

/** Maps that lie in both concepts; with the family inside which the edge lies, null where it is not matched. */
export interface MatchingEdge {
  readonly left: string;
  readonly right: string;
  readonly weight: number;
  readonly family: number | null;
}

export interface Matching {
  readonly left: readonly MatchingConcept[];
  readonly right: readonly MatchingConcept[];
  readonly edges: readonly MatchingEdge[];
}

export interface PlacedConcept {
  readonly concept: MatchingConcept;
  readonly label: string;
  readonly full: string;
  readonly y: number;
  readonly height: number;
}

export interface PlacedEdge {
  readonly edge: MatchingEdge;
  readonly from: PlacedConcept;
  readonly to: PlacedConcept;
  readonly path: string;
  readonly width: number;
  /** Where its weight stands; null where there is no room. */
  readonly at: { readonly x: number; readonly y: number } | null;
}

export interface MatchingLayout {
  readonly width: number;
  readonly height: number;
  readonly size: number;
  readonly leftBar: number;
  readonly rightBar: number;
  readonly left: readonly PlacedConcept[];
  readonly right: readonly PlacedConcept[];
  /** Those that are not matched first, so that the matched ones lie over them. */
  readonly edges: readonly PlacedEdge[];
}

export const BAR = 16;
export const NO_NAME = "no name";
const TOP = 10;
const FEW = 12;
/** Pixels for a row, and the size of its type: few concepts are given room, many stay readable. */
const ROOMY = { row: 44, size: 17 } as const;
const DENSE = { row: 27, size: 14 } as const;
const MOST_PER_MAP = 0.9;
const BARS_TAKE = 0.6;
const LABEL_SHARES = [0.5, 0.38, 0.62, 0.28, 0.72, 0.2, 0.8];

/** The drawing of a matching for a width in pixels: families side by side, no bar or name over another. */
export function matchingLayout(matching: Matching, width: number): MatchingLayout {
  const { left, right } = ordered(matching);
  const rows = Math.max(left.length, right.length, 1);
  const { row, size } = rows <= FEW ? ROOMY : DENSE;
  const names = Math.min(230, Math.max(width * 0.28, 90));
  const heaviest = Math.max(
    ...[left, right].map((side) => side.reduce((sum, each) => sum + each.size, 0)),
    1,
  );
  const perMap = Math.min(MOST_PER_MAP, (rows * row * BARS_TAKE) / heaviest);
  const [leftNeeds, rightNeeds] = [left, right].map((side) => needs(side, row, perMap)) as [number, number];
  const inner = Math.max(leftNeeds, rightNeeds);
  const place = (side: readonly MatchingConcept[], taken: number) =>
    placed(side, { row, size, perMap, gap: (inner - taken) / Math.max(side.length, 1), room: names });
  const placedLeft = place(left, leftNeeds);
  const placedRight = place(right, rightNeeds);
  const leftBar = names + 12;
  const rightBar = width - names - 12 - BAR;
  return {
    width,
    height: inner + 2 * TOP,
    size,
    leftBar,
    rightBar,
    left: placedLeft,
    right: placedRight,
    edges: placedEdges(matching.edges, placedLeft, placedRight, [leftBar + BAR, rightBar], perMap),
  };
}

/** Families by their weight, concepts of a family by size, the unmatched last; both sides in the same order. */
export function ordered({ left, right, edges }: Matching): Pick<Matching, "left" | "right"> {
  const weight = new Map<number, number>();
  for (const { family, weight: shared } of edges) {
    if (family !== null) weight.set(family, (weight.get(family) ?? 0) + shared);
  }
  const key = (concept: MatchingConcept) =>
    concept.family === null ? -1 : (weight.get(concept.family) ?? 0);
  const compare = (a: MatchingConcept, b: MatchingConcept) =>
    key(b) - key(a) ||
    (a.family ?? 0) - (b.family ?? 0) ||
    b.size - a.size ||
    (a.name ?? "").localeCompare(b.name ?? "", "en", { numeric: true }) ||
    a.id.localeCompare(b.id);
  return { left: left.toSorted(compare), right: right.toSorted(compare) };
}

const barHeight = (concept: MatchingConcept, perMap: number) => Math.max(concept.size * perMap, BAR);

function needs(side: readonly MatchingConcept[], row: number, perMap: number): number {
  return side.reduce((sum, each) => sum + Math.max(barHeight(each, perMap) + 8, row), 0);
}

interface Placing {
  row: number;
  size: number;
  perMap: number;
  gap: number;
  room: number;
}

function placed(
  side: readonly MatchingConcept[],
  { row, size, perMap, gap, room }: Placing,
): PlacedConcept[] {
  let y = TOP;
  return side.map((concept) => {
    const height = barHeight(concept, perMap);
    const slot = Math.max(height + 8, row) + gap;
    const full = concept.name ?? NO_NAME;
    const counts = widthOf(String(concept.size), 12) + 10;
    const here = {
      concept,
      full,
      label: shortened(full, size, room - counts),
      height,
      y: y + (slot - height) / 2,
    };
    y += slot;
    return here;
  });
}

/** Each edge takes its part of the bars at its ends, in the order of the other side, so that bands do not cross there. */
function placedEdges(
  edges: readonly MatchingEdge[],
  left: readonly PlacedConcept[],
  right: readonly PlacedConcept[],
  [x1, x2]: readonly [number, number],
  perMap: number,
): PlacedEdge[] {
  const lefts = new Map(left.map((each) => [each.concept.id, each]));
  const rights = new Map(right.map((each) => [each.concept.id, each]));
  const known = edges.flatMap((edge) => {
    const from = lefts.get(edge.left);
    const to = rights.get(edge.right);
    return from && to ? [{ edge, from, to, width: Math.max(edge.weight * perMap, 1.5) }] : [];
  });
  const starts = offsets(known, "from", "to");
  const ends = offsets(known, "to", "from");
  const taken: { x: number; y: number }[] = [];
  const bands = known.map((band, index) => {
    const y1 = starts[index] as number;
    const y2 = ends[index] as number;
    return { ...band, y1, y2, path: curve(x1, y1, x2, y2) };
  });
  const free = (share: number, y1: number, y2: number) => {
    const at = onCurve(x1, y1, x2, y2, share);
    return taken.every((other) => Math.abs(other.x - at.x) > 26 || Math.abs(other.y - at.y) > 13) ? at : null;
  };
  return bands
    .toSorted((a, b) => Number(a.edge.family !== null) - Number(b.edge.family !== null) || b.width - a.width)
    .map(({ edge, from, to, width, path, y1, y2 }) => {
      const at =
        edge.family === null
          ? null
          : (LABEL_SHARES.map((share) => free(share, y1, y2)).find((each) => each !== null) ?? null);
      if (at) taken.push(at);
      return { edge, from, to, width, path, at };
    });
}

type Band = { edge: MatchingEdge; from: PlacedConcept; to: PlacedConcept; width: number };

function offsets(bands: readonly Band[], side: "from" | "to", other: "from" | "to"): number[] {
  const middle = new Map<Band, number>();
  for (const end of new Set(bands.map((each) => each[side]))) {
    const here = bands.filter((each) => each[side] === end).toSorted((a, b) => a[other].y - b[other].y);
    const total = here.reduce((sum, each) => sum + each.width, 0);
    let y = end.y + (end.height - total) / 2;
    for (const each of here) {
      middle.set(each, y + each.width / 2);
      y += each.width;
    }
  }
  return bands.map((each) => middle.get(each) as number);
}

const BEND = 0.42;

function curve(x1: number, y1: number, x2: number, y2: number): string {
  const bend = (x2 - x1) * BEND;
  const at = (value: number) => Number(value.toFixed(2));
  return `M${at(x1)} ${at(y1)}C${at(x1 + bend)} ${at(y1)} ${at(x2 - bend)} ${at(y2)} ${at(x2)} ${at(y2)}`;
}

/** The point of the curve at a share of its parameter. */
function onCurve(x1: number, y1: number, x2: number, y2: number, t: number): { x: number; y: number } {
  const bend = (x2 - x1) * BEND;
  const s = 1 - t;
  const [a, b, c, d] = [s ** 3, 3 * s ** 2 * t, 3 * s * t ** 2, t ** 3];
  return { x: a * x1 + b * (x1 + bend) + c * (x2 - bend) + d * x2, y: (a + b) * y1 + (c + d) * y2 };
}

/** The letter of a family: A to Z, then AA and so on; it goes with its colour. */
export function familyLetter(family: number): string {
  const letter = String.fromCharCode(65 + (family % 26));
  return family < 26 ? letter : familyLetter(Math.floor(family / 26) - 1) + letter;
}
