import type { ReactNode } from "react";

export type CellValue = string | number | null;

/** How the values of a column stand in a typed file. */
export type Kind = "text" | "integer" | "number";

/** A column of a file: full precision, null for what is not defined. */
export interface FileColumn<Row> {
  readonly title: string;
  readonly value: (row: Row) => CellValue;
  /** Without it the values decide: whole numbers alone are integers, so give "number" to shares. */
  readonly kind?: Kind;
}

/** A column: one value per row to sort by and to download, and how it is shown. */
export interface Column<Row> extends FileColumn<Row> {
  readonly key: string;
  /** What the column says, for a hover and a screen reader. */
  readonly about?: string;
  readonly show?: (row: Row) => ReactNode;
  /** What rows are ordered by where it is not the value. */
  readonly sortBy?: (row: Row) => CellValue;
  /** Why a value is not defined: shown with its dash, and a column of its own in the files. */
  readonly reason?: (row: Row) => string | null;
  /** Further columns of the download that the cell shows only in passing (n, ends of an interval). */
  readonly extra?: readonly FileColumn<Row>[];
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
  const by = column.sortBy ?? column.value;
  const sign = order.down ? -1 : 1;
  return [...rows].sort((left, right) => {
    const first = by(left);
    const second = by(right);
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    if (typeof first === "number" && typeof second === "number") return sign * (first - second);
    return sign * String(first).localeCompare(String(second), "en", { numeric: true, sensitivity: "base" });
  });
}

/** The columns of a file, in order: each column of the table, why it is undefined, and what it shows in passing. */
export function fileColumns<Row>(columns: readonly Column<Row>[]): FileColumn<Row>[] {
  return columns.flatMap(({ title, value, kind, reason, extra = [] }) => [
    { title, value, ...(kind ? { kind } : {}) },
    ...(reason ? [{ title: `${title}, why undefined`, value: reason, kind: "text" as const }] : []),
    ...extra,
  ]);
}

/** The table as CSV (RFC 4180, with line feeds): full precision, an empty cell for what is not defined. */
export function toCsv<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const all = fileColumns(columns);
  const lines = [all.map((column) => field(column.title))];
  for (const row of rows) lines.push(all.map((column) => field(column.value(row))));
  return lines.map((line) => `${line.join(",")}\n`).join("");
}

function field(value: CellValue): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  // A spreadsheet takes these beginnings for a formula, an apostrophe makes them text. Where one stands already
  // there is another, so that a reader who takes one away has every text back.
  const safe = /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
