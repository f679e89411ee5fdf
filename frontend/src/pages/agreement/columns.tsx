import type { Mean, PairRange, Permutation, Share } from "../../api/agreement";
import { count, fixed, many, percent, pText, UNDEFINED } from "../../components/format";
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
    reason: (row) => whyNoMean(pick(row)),
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

/** Why a mean is not there: nothing that it could be of. */
export function whyNoMean(mean: Mean | null): string | null {
  return mean && mean.value === null ? "no defined value" : null;
}

/** "12 classes, 1 undefined" */
export function meanNote(mean: Mean, things: string): string {
  const left = mean.n_undefined > 0 ? `, ${count(mean.n_undefined)} undefined` : "";
  return `${things === "class" ? many(mean.n, "class", "classes") : many(mean.n, things)}${left}`;
}

/** All of a baseline for a file. */
export function permutationColumns<Row>(
  title: string,
  pick: (row: Row) => Permutation | null,
): FileColumn<Row>[] {
  const number = (name: string, key: "mean" | "sd" | "q95" | "p" | "corrected"): FileColumn<Row> => ({
    title: name,
    kind: "number",
    value: (row) => pick(row)?.[key] ?? null,
  });
  return [
    number(title, "mean"),
    number(`${title}, sd`, "sd"),
    number(`${title}, q95`, "q95"),
    number(`${title}, p`, "p"),
    number(`${title}, corrected`, "corrected"),
    { title: `${title}, permutations`, kind: "integer", value: (row) => pick(row)?.n ?? null },
  ];
}

/** What chance gives, with its deviation, p and the corrected figure. */
export function chanceColumn<Row>(of: About, pick: (row: Row) => Permutation | null): Column<Row> {
  return {
    ...of,
    align: "right",
    kind: "number",
    value: (row) => pick(row)?.mean ?? null,
    reason: (row) => pick(row)?.reason ?? null,
    show: (row) => {
      const found = pick(row);
      if (!found) return UNDEFINED;
      if (found.mean === null) return <WithNote note={found.reason ?? ""}>{UNDEFINED}</WithNote>;
      const corrected =
        found.corrected === null ? (found.reason ?? "") : `corrected ${fixed(found.corrected)}`;
      return (
        <WithNote note={`p ${pText(found.p)}, ${corrected}`}>
          {`${fixed(found.mean)} ±${fixed(found.sd)}`}
        </WithNote>
      );
    },
    // The value of the column is the mean.
    extra: permutationColumns(of.title, pick).slice(1),
  };
}

export function wholeColumn<Row>(of: About, value: (row: Row) => number | null): Column<Row> {
  return { ...of, align: "right", kind: "integer", value, show: (row) => count(value(row)) };
}
