import { fixed } from "../components/format";

/** A figure over several pairs: their mean between the least and the most, and the level of chance. */
export interface RangeMark {
  readonly key: string;
  readonly name: string;
  readonly mean: number | null;
  /** Some of its pairs entered with a lower bound alone, so the mean is one too. */
  readonly bounded?: boolean;
  readonly low: number | null;
  readonly high: number | null;
  readonly chance: number | null;
  readonly tone: "accent" | "grey";
  /** Of how many: "10 pairs". */
  readonly note: string;
  readonly reason?: string | null;
}

/** A class with its figures, in the same order in every group. */
export interface RangeGroup {
  readonly key: string;
  readonly name: string;
  readonly note?: string;
  readonly marks: readonly RangeMark[];
}

export interface PlacedMark {
  readonly mark: RangeMark;
  readonly y: number;
}

export interface PlacedRange {
  readonly group: RangeGroup;
  readonly y: number;
  readonly marks: readonly PlacedMark[];
}

export interface RangeLayout {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly bottom: number;
  readonly names: number;
  readonly x: (value: number) => number;
  readonly groups: readonly PlacedRange[];
}

export const RANGE_TICKS = [0, 0.25, 0.5, 0.75, 1] as const;
const NAMES = 140;
const MARKS = 104;
const RIGHT = 48;
const TOP = 22;
const STEP = 20;
const GAP = 16;
const AXIS = 44;

/** Groups one under the other on one scale from 0 to 1. */
export function rangeLayout(groups: readonly RangeGroup[], width: number): RangeLayout {
  const zero = NAMES + MARKS;
  const one = Math.max(width - RIGHT, zero + 120);
  const placed: PlacedRange[] = [];
  let y = TOP;
  for (const group of groups) {
    const marks = group.marks.map((mark, index) => ({ mark, y: y + (index + 0.5) * STEP }));
    placed.push({ group, y, marks });
    y += Math.max(marks.length, 2) * STEP + GAP;
  }
  const bottom = Math.max(y - GAP, TOP) + 4;
  return {
    width: one + RIGHT,
    height: bottom + AXIS,
    top: 0,
    bottom,
    names: NAMES,
    x: (value) => zero + Math.min(Math.max(value, 0), 1) * (one - zero),
    groups: placed,
  };
}

/** What a mark says in words. */
export function rangeWords(mark: RangeMark): string {
  if (mark.mean === null) return `${mark.name}: not defined, ${mark.reason ?? "no value"}`;
  const mean = `mean ${mark.bounded ? "at least " : ""}${fixed(mark.mean)}`;
  const chance = mark.chance === null ? "" : `; chance ${fixed(mark.chance)}`;
  const range = mark.low === null || mark.high === null ? "" : `, ${fixed(mark.low)} to ${fixed(mark.high)}`;
  return `${mark.name}: ${mean}${range} of ${mark.note}${chance}`;
}
