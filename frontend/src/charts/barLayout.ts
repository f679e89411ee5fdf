/** One kind of bar, the same in every group: an annotator, or all of them together. */
export interface BarSeries {
  readonly key: string;
  readonly name: string;
  /** At the bar, where there is little room; the name without it. */
  readonly short?: string;
  readonly tone: "grey" | "accent";
}

/** A share from 0 to 1; null with its reason where it is not defined. */
export interface BarValue {
  readonly value: number | null;
  readonly k: number | null;
  readonly n: number;
  readonly reason?: string | null;
}

/** A class with a value for each series, by its key; a series without one (no board) has no bar. */
export interface BarGroup {
  readonly key: string;
  readonly name: string;
  readonly note?: string;
  readonly values: Readonly<Record<string, BarValue>>;
}

export interface PlacedBar {
  readonly series: BarSeries;
  readonly value: BarValue;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface PlacedGroup {
  readonly group: BarGroup;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly bars: readonly PlacedBar[];
}

export interface BarLayout {
  readonly width: number;
  /** Where the bars end; the scale stands beneath. */
  readonly bottom: number;
  readonly groups: readonly PlacedGroup[];
  /** Where a value of 0 and of 1 stand, in each column of groups. */
  readonly scales: readonly { readonly zero: number; readonly one: number }[];
}

export const BAR = 13;
const STEP = 17;
const GROUP_GAP = 18;
const TOP = 4;
const TWO_COLUMNS_FROM = 880;
const COLUMN_GAP = 32;
const NAMES = 128;
const SERIES = 84;
const VALUES = 44;

/** Bars from left to right, groups one under the other, in two columns where there is room. */
export function groupedBars(
  groups: readonly BarGroup[],
  series: readonly BarSeries[],
  width: number,
): BarLayout {
  const columns = width >= TWO_COLUMNS_FROM && groups.length > 1 ? 2 : 1;
  const inColumn = Math.ceil(groups.length / columns);
  const columnWidth = (width - COLUMN_GAP * (columns - 1)) / columns;
  const scales = Array.from({ length: columns }, (_, column) => {
    const left = column * (columnWidth + COLUMN_GAP);
    return { zero: left + NAMES + SERIES, one: left + columnWidth - VALUES };
  });
  const placed: PlacedGroup[] = [];
  let bottom = TOP;
  for (const [column, scale] of scales.entries()) {
    let y = TOP;
    for (const group of groups.slice(column * inColumn, (column + 1) * inColumn)) {
      const here = placedGroup(group, series, scale, y);
      placed.push(here);
      y += here.height + GROUP_GAP;
    }
    bottom = Math.max(bottom, y - GROUP_GAP);
  }
  return { width, bottom: bottom + TOP, groups: placed, scales };
}

function placedGroup(
  group: BarGroup,
  series: readonly BarSeries[],
  scale: BarLayout["scales"][number],
  y: number,
): PlacedGroup {
  const there = series.filter((each) => group.values[each.key]);
  const bars = there.map((each, index) => {
    const value = group.values[each.key] as BarValue;
    return {
      series: each,
      value,
      x: scale.zero,
      y: y + index * STEP,
      width: (value.value ?? 0) * (scale.one - scale.zero),
    };
  });
  return { group, x: scale.zero - SERIES, y, height: Math.max(bars.length, 2) * STEP, bars };
}
