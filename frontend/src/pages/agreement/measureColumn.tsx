import type { PairFigures, Permutation } from "../../api/agreement";
import { fixed } from "../../components/format";
import type { Column, FileColumn } from "../../components/table/column";
import { WithNote } from "../../components/table/Table";
import { permutationColumns } from "./columns";
import { cellOf, readingOf } from "./pairFigures";
import { chanceWords } from "./permutations";
import type { Measure, Reading } from "./search";
import { PAPER_READINGS } from "./words";

/**
 * A measure of pairs: its value with k of n. Where only a bound is known there is no value, in files as on the page,
 * but what it is at least and at most.
 */
export function measureColumn(measure: Measure, reading: Reading, title: string): Column<PairFigures> {
  const cell = (row: PairFigures) => cellOf(row, measure, reading);
  const whole = (name: string, of: (row: PairFigures) => number | null): FileColumn<PairFigures> => ({
    title: `${title}, ${name}`,
    kind: "integer",
    value: of,
  });
  const end = (name: string, side: "lower" | "upper"): FileColumn<PairFigures> => ({
    title: `${title}, ${name}`,
    kind: "number",
    value: (row) => cell(row).bound?.[side] ?? cell(row).value,
  });
  const permutation = (row: PairFigures): Permutation | null =>
    measure === "agreement" ? (readingOf(row, reading)?.permutation ?? null) : null;
  const hasChance = PAPER_READINGS.some((each) => each === reading);
  const chance: FileColumn<PairFigures>[] = [
    ...permutationColumns(`${title}, chance`, permutation),
    {
      title: `${title}, chance, p (Holm)`,
      kind: "number",
      value: (row) => permutation(row)?.p_holm ?? null,
    },
  ];
  return {
    key: `${measure} ${reading}`,
    title,
    align: "right",
    kind: "number",
    value: (row) => cell(row).value,
    sortBy: (row) => cell(row).value ?? cell(row).bound?.lower ?? null,
    reason: (row) => (cell(row).bound ? "only bounded" : (cell(row).reason ?? null)),
    show: (row) => {
      const { value, bound, note, reason } = cell(row);
      if (bound) {
        return <WithNote note={`bound, ${note}`}>{`${fixed(bound.lower)}–${fixed(bound.upper)}`}</WithNote>;
      }
      if (value === null) return <WithNote note={reason ?? "not defined"}>{fixed(null)}</WithNote>;
      const byChance = chanceWords(permutation(row));
      return (
        <WithNote
          note={
            <>
              {note}
              {byChance ? <br /> : null}
              {byChance}
            </>
          }
        >
          {fixed(value)}
        </WithNote>
      );
    },
    extra: [
      whole("k", (row) => cell(row).k),
      whole("n", (row) => cell(row).n),
      ...(measure === "agreement"
        ? [end("at least", "lower"), end("at most", "upper"), ...(hasChance ? chance : [])]
        : []),
      ...(measure === "exact" || measure === "subset"
        ? [whole("unjudged", (row) => cell(row).unjudged)]
        : []),
    ],
  };
}
