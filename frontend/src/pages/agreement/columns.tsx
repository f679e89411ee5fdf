import type { Mean, PairRange, Permutation, Share } from "../../api/agreement";
import { count, fixed, many, percent, UNDEFINED } from "../../components/format";
import type { Column, FileColumn } from "../../components/table/column";
import { WithNote } from "../../components/table/Table";

interface About {
  key: string;
  title: string;
  about?: string;
}

/** A share with k of n under it. */
export function shareColumn<Row>(of: About, pick: (row: Row) => Share | null): Column<Row> {
  return {
    ...of,
    align: "right",
    kind: "number",
    value: (row) => pick(row)?.value ?? null,
    reason: (row) => pick(row)?.reason ?? null,
    show: (row) => {
      const found = pick(row);
      if (!found) return UNDEFINED;
      const note =
        found.value === null ? (found.reason ?? "not defined") : `${count(found.k)} of ${count(found.n)}`;
      return <WithNote note={note}>{percent(found.value)}</WithNote>;
    },
    extra: [
      { title: `${of.title}, k`, value: (row) => pick(row)?.k ?? null, kind: "integer" },
      { title: `${of.title}, n`, value: (row) => pick(row)?.n ?? null, kind: "integer" },
    ],
  };
}

/** The mean over pairs with the least, the most and the number of pairs under it. */
export function rangeColumn<Row>(of: About, pick: (row: Row) => PairRange | null): Column<Row> {
  return {
    ...of,
    align: "right",
    kind: "number",
    value: (row) => pick(row)?.mean ?? null,
    reason: (row) => pick(row)?.reason ?? null,
    show: (row) => {
      const found = pick(row);
      if (!found) return UNDEFINED;
      return <WithNote note={rangeNote(found)}>{fixed(found.mean)}</WithNote>;
    },
    extra: rangeExtra(of.title, pick),
  };
}

function rangeNote(range: PairRange): string {
  const left = range.n_undefined > 0 ? `, ${count(range.n_undefined)} undefined` : "";
  if (range.mean === null) return range.reason ?? "not defined";
  return `${fixed(range.min)}–${fixed(range.max)} ±${fixed(range.sd)}, n ${count(range.n)}${left}`;
}

function rangeExtra<Row>(title: string, pick: (row: Row) => PairRange | null): FileColumn<Row>[] {
  const number = (name: string, of: (range: PairRange) => number | null): FileColumn<Row> => ({
    title: `${title}, ${name}`,
    kind: "number",
    value: (row) => {
      const found = pick(row);
      return found ? of(found) : null;
    },
  });
  return [
    number("min", (range) => range.min),
    number("max", (range) => range.max),
    number("sd", (range) => range.sd),
    { title: `${title}, pairs`, kind: "integer", value: (row) => pick(row)?.n ?? null },
    { title: `${title}, undefined`, kind: "integer", value: (row) => pick(row)?.n_undefined ?? null },
  ];
}

/** A mean of classes with their number under it. */
export function meanColumn<Row>(of: About, things: string, pick: (row: Row) => Mean | null): Column<Row> {
  return {
    ...of,
    align: "right",
    kind: "number",
    value: (row) => pick(row)?.value ?? null,
    show: (row) => {
      const found = pick(row);
      return found ? <WithNote note={meanNote(found, things)}>{fixed(found.value)}</WithNote> : UNDEFINED;
    },
    extra: [
      { title: `${of.title}, n`, kind: "integer", value: (row) => pick(row)?.n ?? null },
      { title: `${of.title}, undefined`, kind: "integer", value: (row) => pick(row)?.n_undefined ?? null },
    ],
  };
}

/** "12 classes, 1 undefined" */
export function meanNote(mean: Mean, things: string): string {
  const left = mean.n_undefined > 0 ? `, ${count(mean.n_undefined)} undefined` : "";
  return `${things === "class" ? many(mean.n, "class", "classes") : many(mean.n, things)}${left}`;
}

/** What chance gives, with its deviation and the corrected figure. */
export function chanceColumn<Row>(of: About, pick: (row: Row) => Permutation | null): Column<Row> {
  const number = (name: string, find: (found: Permutation) => number | null): FileColumn<Row> => ({
    title: `${of.title}, ${name}`,
    kind: "number",
    value: (row) => {
      const found = pick(row);
      return found ? find(found) : null;
    },
  });
  return {
    ...of,
    align: "right",
    kind: "number",
    value: (row) => pick(row)?.mean ?? null,
    reason: (row) => pick(row)?.reason ?? null,
    show: (row) => {
      const found = pick(row);
      if (!found) return UNDEFINED;
      const note = found.corrected === null ? (found.reason ?? "") : `corrected ${fixed(found.corrected)}`;
      return <WithNote note={note}>{`${fixed(found.mean)} ±${fixed(found.sd)}`}</WithNote>;
    },
    extra: [
      number("sd", (found) => found.sd),
      number("q95", (found) => found.q95),
      number("p", (found) => found.p),
      number("corrected", (found) => found.corrected),
    ],
  };
}

export function wholeColumn<Row>(of: About, value: (row: Row) => number | null): Column<Row> {
  return { ...of, align: "right", kind: "integer", value, show: (row) => count(value(row)) };
}
