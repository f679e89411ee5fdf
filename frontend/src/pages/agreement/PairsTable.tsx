import type { OverviewClass, PairFigures } from "../../api/agreement";
import { Card } from "../../components/Page";
import type { Column } from "../../components/table/column";
import { Table } from "../../components/table/Table";
import styles from "./Agreement.module.css";
import { wholeColumn } from "./columns";
import { measureColumn } from "./measureColumn";
import { shortName } from "./round";
import { type PairsSearch, READINGS, useHere } from "./search";
import { useFileName } from "./useFileName";
import { PAPER_READINGS, READING_NAMES } from "./words";

/** Every pair of a class with every figure. */
export function PairsTable({ of, pairs }: { of: OverviewClass; pairs: readonly PairFigures[] }) {
  const fileName = useFileName();
  return (
    <Card flush title="All pairs" lead="A bound is named as one: the exact value lies between its two ends.">
      <Table
        caption="All pairs"
        hideCaption
        columns={COLUMNS}
        rows={pairs}
        rowKey={(row) => `${row.a} ${row.b}`}
        file={fileName(of.name, "pairs")}
      />
    </Card>
  );
}

/** Opens the pair above. */
function PairLink({ pair }: { pair: PairFigures }) {
  const { search, choose } = useHere<PairsSearch>();
  const here = search.a === pair.a && search.b === pair.b;
  return (
    <button
      type="button"
      className={styles.rowButton}
      data-printed
      aria-current={here ? "true" : undefined}
      title={`${pair.a} and ${pair.b}`}
      onClick={() => choose({ a: pair.a, b: pair.b, left: null, right: null })}
    >
      {shortName(pair.a)} and {shortName(pair.b)}
    </button>
  );
}

const COLUMNS: readonly Column<PairFigures>[] = [
  {
    key: "pair",
    title: "Pair",
    value: (row) => `${row.a} and ${row.b}`,
    show: (row) => <PairLink pair={row} />,
  },
  wholeColumn({ key: "both", title: "Both", about: "Maps that both named" }, (row) => row.n_both),
  measureColumn("jaccard", "d1", "Jaccard"),
  ...READINGS.map((reading) => measureColumn("agreement", reading, READING_NAMES[reading])),
  measureColumn("adjusted_mutual_information", "d1", "AMI"),
  measureColumn("adjusted_rand", "d1", "ARI"),
  measureColumn("v_measure", "d1", "V-measure"),
  ...(["exact", "subset"] as const).flatMap((measure) =>
    PAPER_READINGS.map((reading) =>
      measureColumn(
        measure,
        reading,
        `${measure === "exact" ? "Same name" : "Or narrower"}, ${READING_NAMES[reading]}`,
      ),
    ),
  ),
];
