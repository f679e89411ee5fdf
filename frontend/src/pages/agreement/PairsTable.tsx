import type { OverviewClass, PairFigures } from "../../api/agreement";
import { fixed, UNDEFINED } from "../../components/format";
import { Card } from "../../components/Page";
import type { Column } from "../../components/table/column";
import { Table, WithNote } from "../../components/table/Table";
import styles from "./Agreement.module.css";
import { wholeColumn } from "./columns";
import { cellOf } from "./pairFigures";
import { shortName } from "./round";
import { type Measure, type PairsSearch, READINGS, type Reading, useHere } from "./search";
import { READING_NAMES } from "./words";

/** Every pair of a class with every figure. */
export function PairsTable({ of, pairs }: { of: OverviewClass; pairs: readonly PairFigures[] }) {
  return (
    <Card flush title="All pairs" lead="A bound is named as one: the exact value lies between its two ends.">
      <Table
        caption="All pairs"
        hideCaption
        columns={COLUMNS}
        rows={pairs}
        rowKey={(row) => `${row.a} ${row.b}`}
        file={`${of.name} pairs`}
      />
    </Card>
  );
}

/** Opens the pair above. */
function PairLink({ pair }: { pair: PairFigures }) {
  const { choose } = useHere<PairsSearch>();
  return (
    <button
      type="button"
      className={styles.rowButton}
      data-printed
      title={`${pair.a} and ${pair.b}`}
      onClick={() => choose({ a: pair.a, b: pair.b, left: null, right: null })}
    >
      {shortName(pair.a)} and {shortName(pair.b)}
    </button>
  );
}

function figure(measure: Measure, reading: Reading, title: string): Column<PairFigures> {
  const cell = (row: PairFigures) => cellOf(row, measure, reading);
  const matching = (row: PairFigures) => row.matchings.find(({ key }) => key === reading);
  return {
    key: `${measure} ${reading}`,
    title,
    align: "right",
    kind: "number",
    value: (row) => cell(row).value ?? cell(row).bound?.lower ?? null,
    reason: (row) => cell(row).reason ?? null,
    show: (row) => {
      const { value, bound, note, reason } = cell(row);
      if (bound)
        return <WithNote note={`bound, ${note}`}>{`${fixed(bound.lower)}–${fixed(bound.upper)}`}</WithNote>;
      return (
        <WithNote note={value === null ? (reason ?? "not defined") : note}>
          {value === null ? UNDEFINED : fixed(value)}
        </WithNote>
      );
    },
    extra:
      measure === "agreement"
        ? [
            { title: `${title}, k`, kind: "integer", value: (row) => matching(row)?.weight ?? null },
            { title: `${title}, upper`, kind: "integer", value: (row) => matching(row)?.upper ?? null },
            {
              title: `${title}, chance`,
              kind: "number",
              value: (row) => matching(row)?.permutation?.mean ?? null,
            },
            { title: `${title}, p`, kind: "number", value: (row) => matching(row)?.permutation?.p ?? null },
            {
              title: `${title}, p (Holm)`,
              kind: "number",
              value: (row) => matching(row)?.permutation?.p_holm ?? null,
            },
            {
              title: `${title}, corrected`,
              kind: "number",
              value: (row) => matching(row)?.permutation?.corrected ?? null,
            },
          ]
        : [],
  };
}

const COLUMNS: readonly Column<PairFigures>[] = [
  {
    key: "pair",
    title: "Pair",
    value: (row) => `${row.a} and ${row.b}`,
    show: (row) => <PairLink pair={row} />,
  },
  wholeColumn({ key: "both", title: "Both", about: "Maps that both named" }, (row) => row.n_both),
  ...READINGS.map((reading) => figure("agreement", reading, READING_NAMES[reading])),
  figure("jaccard", "d1", "Jaccard"),
  figure("adjusted_mutual_information", "d1", "AMI"),
  figure("adjusted_rand", "d1", "ARI"),
  figure("v_measure", "d1", "V-measure"),
  ...(["exact", "subset"] as const).flatMap((measure) =>
    (["d1", "d2_star", "d2_biclique"] as const).map((reading) =>
      figure(
        measure,
        reading,
        `${measure === "exact" ? "Same name" : "Or narrower"}, ${READING_NAMES[reading]}`,
      ),
    ),
  ),
];
