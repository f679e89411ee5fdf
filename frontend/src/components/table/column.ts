import type { ReactNode } from "react";

export type CellValue = string | number | null;

/** A column: one value per row to sort by and to download, and how it is shown. */
export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  /** What the column says, for a hover and a screen reader. */
  readonly about?: string;
  readonly value: (row: Row) => CellValue;
  readonly show?: (row: Row) => ReactNode;
  /** Further columns of the download that the cell shows only in passing (n, ends of an interval). */
  readonly extra?: readonly { readonly title: string; readonly value: (row: Row) => CellValue }[];
  readonly align?: "left" | "right";
  /** Sorted this way by the first click; numbers usually start with the largest. */
  readonly first?: "up" | "down";
  readonly fixed?: boolean;
}

export interface Order {
  readonly key: string;
  readonly down: boolean;
}

/** The order as it stands in a link: "accuracy" or "-accuracy". */
export function orderText(order: Order): string {
  return order.down ? `-${order.key}` : order.key;
}

export function orderFrom(text: string | undefined): Order | null {
  if (!text) return null;
  return text.startsWith("-") ? { key: text.slice(1), down: true } : { key: text, down: false };
}

/** What a click on a column's head makes of the order. */
export function nextOrder<Row>(order: Order | null, column: Column<Row>): Order {
  if (order?.key === column.key) return { key: column.key, down: !order.down };
  return { key: column.key, down: (column.first ?? (column.align === "right" ? "down" : "up")) === "down" };
}

/** A sorted copy: equal values keep their order, undefined values stand last whatever the direction. */
export function sorted<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  order: Order | null,
): Row[] {
  const column = columns.find((each) => each.key === order?.key);
  if (!order || !column) return [...rows];
  const sign = order.down ? -1 : 1;
  return [...rows].sort((left, right) => {
    const first = column.value(left);
    const second = column.value(right);
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    if (typeof first === "number" && typeof second === "number") return sign * (first - second);
    return sign * String(first).localeCompare(String(second), "en", { numeric: true, sensitivity: "base" });
  });
}

/** The table as CSV (RFC 4180): full precision, an empty cell for what is not defined. */
export function toCsv<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const all = columns.flatMap((column) => [
    { title: column.title, value: column.value },
    ...(column.extra ?? []),
  ]);
  const lines = [all.map((column) => field(column.title))];
  for (const row of rows) lines.push(all.map((column) => field(column.value(row))));
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}

function field(value: CellValue): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  // A spreadsheet takes these beginnings for a formula; an apostrophe makes them text.
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
