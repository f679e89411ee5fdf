import { useId } from "react";
import type { OverviewClass, PairFigures, Pairs } from "../../api/agreement";
import { ChartFrame } from "../../charts/ChartFrame";
import { PairMatrix } from "../../charts/PairMatrix";
import { fixed, many } from "../../components/format";
import type { Column } from "../../components/table/column";
import styles from "./Agreement.module.css";
import { measureColumn } from "./measureColumn";
import { cellOf } from "./pairFigures";
import { permutationsWords } from "./permutations";
import { matchingOf, shortName } from "./round";
import { MEASURES, type Measure, type PairsSearch, READINGS, type Reading, useHere } from "./search";
import { useFileName } from "./useFileName";
import { MEASURE_NAMES, READING_NAMES, READING_SAYS } from "./words";

/** So many annotators have room in a column beside the pair; a matrix of more stands above it. */
const FIT_BESIDE = 5;

interface MatrixCardProps {
  of: OverviewClass;
  pairs: Pairs;
  chosen: PairFigures;
}

/** Annotator × annotator for one measure; a cell opens its pair. */
export function MatrixCard({ of, pairs, chosen }: MatrixCardProps) {
  const { search, choose } = useHere<PairsSearch>();
  const measure = search.measure ?? "agreement";
  const reading = search.reading ?? "d1";
  const fileName = useFileName();
  const title = titleOf(measure, reading);
  const cells = pairs.pairs.map((pair) => cellOf(pair, measure, reading));
  return (
    <ChartFrame
      title={of.name}
      lead={`${saysOf(measure, reading)} Choose a pair.`}
      n={`${many(pairs.n_activations, "map")}, ${many(pairs.annotators.length, "annotator")}.${chanceOf(of, measure, reading)}`}
      file={fileName(of.name, title)}
      columns={[PAIR, measureColumn(measure, reading, title)]}
      rows={pairs.pairs}
      rowKey={(row) => `${row.a} ${row.b}`}
    >
      <MeasureChoice measure={measure} reading={reading} choose={choose} />
      <div data-many={pairs.annotators.length > FIT_BESIDE || undefined}>
        <PairMatrix
          names={pairs.annotators.map(({ annotator }) => ({
            key: annotator,
            name: annotator,
            short: shortName(annotator),
          }))}
          cells={cells}
          label={`${of.name}: ${title}`}
          selected={{ row: chosen.a, column: chosen.b }}
          onSelect={({ row, column }) => {
            const [a, b] = [row, column].sort();
            choose({ a: a as string, b: b as string, left: null, right: null });
          }}
        />
      </div>
    </ChartFrame>
  );
}

const PAIR: Column<PairFigures> = {
  key: "pair",
  title: "Annotator",
  value: (row) => row.a,
  show: (row) => `${shortName(row.a)}, ${shortName(row.b)}`,
  extra: [{ title: "With", kind: "text", value: (row) => row.b }],
};

function titleOf(measure: Measure, reading: Reading): string {
  return readsMatching(measure)
    ? `${MEASURE_NAMES[measure]}, ${READING_NAMES[reading]}`
    : MEASURE_NAMES[measure];
}

function readsMatching(measure: Measure): boolean {
  return measure === "agreement" || measure === "exact" || measure === "subset";
}

const SAYS: Readonly<Record<Measure, string>> = {
  agreement: "Of the maps that both named, the share in matched concepts.",
  jaccard: "Of the maps that either named, the share that both did.",
  adjusted_mutual_information:
    "How much one naming tells about the other, 0 by chance and 1 where they are the same.",
  adjusted_rand: "Whether two maps are together in both namings, 0 by chance and 1 where they are the same.",
  v_measure: "Harmonic mean of homogeneity and completeness; not corrected for chance.",
  exact: "Of the maps in matched and judged concepts, the share whose names mean the same.",
  subset:
    "Of the maps in matched and judged concepts, the share whose names mean the same or one a part of the other.",
};

function saysOf(measure: Measure, reading: Reading): string {
  return readsMatching(measure) ? `${SAYS[measure]} ${READING_SAYS[reading]}` : SAYS[measure];
}

/** The mean of the class under permutation, where there is one for this figure. */
function chanceOf(of: OverviewClass, measure: Measure, reading: Reading): string {
  if (measure !== "agreement") return "";
  const found = matchingOf(of, reading)?.permutation;
  if (found?.mean == null) return "";
  return ` Chance, by ${permutationsWords([found])}: ${fixed(found.mean)} ± ${fixed(found.sd)}.`;
}

interface MeasureChoiceProps {
  measure: Measure;
  reading: Reading;
  choose: (change: { measure?: Measure | null; reading?: Reading | null }) => void;
}

/** All figures of a pair in one list; those of matchings come with their reading. */
function MeasureChoice({ measure, reading, choose }: MeasureChoiceProps) {
  const id = useId();
  const options = MEASURES.flatMap((each) =>
    each === "agreement"
      ? READINGS.map((read) => ({ value: `agreement ${read}`, label: titleOf("agreement", read) }))
      : [{ value: `${each} ${reading}`, label: titleOf(each, reading) }],
  );
  return (
    <>
      <label className="unseen" htmlFor={id}>
        Figure
      </label>
      <select
        id={id}
        className={`${styles.select} ${styles.measure}`}
        value={`${measure} ${reading}`}
        onChange={(event) => {
          const [nextMeasure, nextReading] = event.target.value.split(" ") as [Measure, Reading];
          choose({ measure: nextMeasure, reading: nextReading });
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </>
  );
}
