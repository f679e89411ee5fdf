import type { Mean, Overview } from "../../api/agreement";
import { count, fixed, percent, UNDEFINED } from "../../components/format";
import { Card } from "../../components/Page";
import type { Column } from "../../components/table/column";
import { Table, WithNote } from "../../components/table/Table";
import { meanColumn, meanNote, whyNoMean } from "./columns";
import type { Reading } from "./search";
import { useFileName } from "./useFileName";
import { READING_NAMES } from "./words";

type Overall = NonNullable<Overview["overall"]>;

interface MeasureRow {
  readonly key: string;
  readonly name: string;
  readonly mean: Mean;
  readonly bounds: number | null;
}

/** A measure over all classes: plain means of the classes' means. */
export function measureRows({ pairs }: Overall): MeasureRow[] {
  const matching = (of: "agreement" | "exact" | "subset", name: string) =>
    pairs.matchings.map((each) => ({
      key: `${of} ${each.key}`,
      name: `${name}, ${READING_NAMES[each.key as Reading]}`,
      mean: each[of],
      bounds: of === "agreement" ? each.n_bounds : null,
    }));
  const plain = (key: string, name: string, mean: Mean) => ({ key, name, mean, bounds: null });
  return [
    ...matching("agreement", "Agreement"),
    plain("jaccard", "Jaccard", pairs.jaccard),
    plain("ari", "Adjusted Rand", pairs.adjusted_rand),
    plain("ami", "Adjusted mutual information", pairs.adjusted_mutual_information),
    plain("v", "V-measure", pairs.v_measure),
    ...matching("exact", "Names with the same meaning"),
    ...matching("subset", "Names with the same or a narrower meaning"),
  ];
}

/** The global averages of Tables 5 and 6, and each annotator over all classes. */
export function OverAll({ overall }: { overall: Overall }) {
  const fileName = useFileName();
  return (
    <>
      <Card
        flush
        title="Over all classes"
        lead="Plain means of the classes’ means over pairs; classes where a figure is not defined are left out and counted."
      >
        <Table
          caption="Over all classes"
          hideCaption
          columns={MEASURES}
          rows={measureRows(overall)}
          rowKey={(row) => row.key}
          file={fileName("over all classes")}
        />
      </Card>
      <Card
        flush
        title="By annotator"
        lead="Over all classes: the mean of the classes, and under it all maps or images together."
      >
        <Table
          caption="By annotator"
          hideCaption
          columns={ANNOTATORS}
          rows={overall.annotators}
          rowKey={(row) => row.annotator}
          file={fileName("by annotator")}
        />
      </Card>
    </>
  );
}

const MEASURES: readonly Column<MeasureRow>[] = [
  { key: "name", title: "Figure", value: (row) => row.name },
  meanColumn({ key: "mean", title: "Mean" }, "class", (row) => row.mean),
  {
    key: "bounds",
    title: "Bounds",
    about: "Pairs that entered with a lower bound only",
    align: "right",
    kind: "integer",
    value: (row) => row.bounds,
    show: (row) => count(row.bounds),
  },
];

type AnnotatorRow = Overall["annotators"][number];

function average(
  key: "activation_coverage" | "partial_coverage" | "complete_coverage" | "cx_purity" | "xc_purity",
  title: string,
): Column<AnnotatorRow> {
  const show = key.endsWith("purity")
    ? (value: number | null) => fixed(value)
    : (value: number | null) => percent(value);
  return {
    key,
    title,
    align: "right",
    kind: "number",
    value: (row) => row[key].macro.value,
    reason: (row) => whyNoMean(row[key].macro),
    show: (row) => {
      const { macro, pooled } = row[key];
      const note =
        pooled.value === null
          ? (pooled.reason ?? UNDEFINED)
          : `pooled ${show(pooled.value)}, ${count(pooled.k)} of ${count(pooled.n)}`;
      return (
        <span title={meanNote(macro, "class")}>
          <WithNote note={note}>{show(macro.value)}</WithNote>
        </span>
      );
    },
    extra: [
      { title: `${title}, classes`, kind: "integer", value: (row) => row[key].macro.n },
      { title: `${title}, undefined classes`, kind: "integer", value: (row) => row[key].macro.n_undefined },
      { title: `${title}, pooled`, kind: "number", value: (row) => row[key].pooled.value },
      { title: `${title}, k`, kind: "integer", value: (row) => row[key].pooled.k },
      { title: `${title}, n`, kind: "integer", value: (row) => row[key].pooled.n },
    ],
  };
}

const ANNOTATORS: readonly Column<AnnotatorRow>[] = [
  { key: "annotator", title: "Annotator", value: (row) => row.annotator },
  { key: "classes", title: "Classes", align: "right", kind: "integer", value: (row) => row.n_classes },
  average("activation_coverage", "Maps named"),
  average("partial_coverage", "Images in part"),
  average("complete_coverage", "Images whole"),
  average("cx_purity", "CX-purity"),
  average("xc_purity", "XC-purity"),
];
