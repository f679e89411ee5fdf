import type { AnnotatorFigures, OverviewClass } from "../../api/agreement";
import { count, fixed, many, UNDEFINED } from "../../components/format";
import { Card } from "../../components/Page";
import { Segmented } from "../../components/Segmented";
import type { Column } from "../../components/table/column";
import { Table, WithNote } from "../../components/table/Table";
import { annotatorsOf, useRound } from "./round";
import { type OverviewSearch, type PurityKind, useHere } from "./search";

const SAYS: Readonly<Record<PurityKind, { label: string; lead: string }>> = {
  cx: {
    label: "CX-purity",
    lead: "Of an annotator’s named maps, those with their concept’s most frequent X-feature. It rises when concepts are split, so their number stands beside it.",
  },
  xc: {
    label: "XC-purity",
    lead: "Of an annotator’s named maps, those with their X-feature’s most frequent concept. It rises when concepts are merged, so their number stands beside it.",
  },
};

/** Tables 2 and 3 of the naming paper: class × annotator. */
export function Purity({ classes }: { classes: readonly OverviewClass[] }) {
  const { overview } = useRound();
  const { search, choose } = useHere<OverviewSearch>();
  const kind = search.purity ?? "cx";
  return (
    <Card
      flush
      title={`Concepts and X-features: ${SAYS[kind].label}`}
      lead={`${SAYS[kind].lead} Chance: ${count(overview.choices.permutations)} permutations of the concept labels.`}
      actions={
        <Segmented
          label="Purity"
          hideLabel
          value={kind}
          onValue={(next) => choose({ purity: next })}
          options={(["cx", "xc"] as const).map((value) => ({ value, label: SAYS[value].label }))}
        />
      }
    >
      <Table
        caption={SAYS[kind].label}
        hideCaption
        columns={columns(kind, annotatorsOf(classes))}
        rows={classes}
        rowKey={(row) => String(row.position)}
        file={`${overview.choices.round_name} ${SAYS[kind].label}`}
      />
    </Card>
  );
}

function columns(kind: PurityKind, annotators: readonly string[]): Column<OverviewClass>[] {
  return [
    { key: "name", title: "Class", value: (row) => row.name },
    {
      key: "features",
      title: "X-features",
      align: "right",
      kind: "integer",
      value: (row) => row.figures?.n_x_features ?? null,
    },
    ...annotators.map((annotator) => ofAnnotator(kind, annotator)),
    {
      key: "mean",
      title: "Mean",
      about: "Plain mean of the annotators whose purity is defined",
      align: "right",
      kind: "number",
      value: (row) => average(row, kind)?.macro.value ?? null,
      show: (row) => {
        const found = average(row, kind)?.macro;
        const left = found && found.n_undefined > 0 ? `, ${count(found.n_undefined)} undefined` : "";
        return found ? (
          <WithNote note={`${many(found.n, "annotator")}${left}`}>{fixed(found.value)}</WithNote>
        ) : (
          UNDEFINED
        );
      },
      extra: [{ title: "Mean, n", kind: "integer", value: (row) => average(row, kind)?.macro.n ?? null }],
    },
    {
      key: "pooled",
      title: "Pooled",
      about: "All annotators’ maps together",
      align: "right",
      kind: "number",
      value: (row) => average(row, kind)?.pooled.value ?? null,
      show: (row) => {
        const found = average(row, kind)?.pooled;
        return found ? (
          <WithNote note={`${count(found.k)} of ${count(found.n)}`}>{fixed(found.value)}</WithNote>
        ) : (
          UNDEFINED
        );
      },
      extra: [
        { title: "Pooled, k", kind: "integer", value: (row) => average(row, kind)?.pooled.k ?? null },
        { title: "Pooled, n", kind: "integer", value: (row) => average(row, kind)?.pooled.n ?? null },
      ],
    },
  ];
}

function average(row: OverviewClass, kind: PurityKind) {
  return (kind === "cx" ? row.figures?.cx_purity_average : row.figures?.xc_purity_average) ?? null;
}

function ofAnnotator(kind: PurityKind, annotator: string): Column<OverviewClass> {
  const find = (row: OverviewClass): AnnotatorFigures | null =>
    row.figures?.annotators.find((each) => each.annotator === annotator) ?? null;
  const purity = (row: OverviewClass) => {
    const found = find(row);
    return found ? (kind === "cx" ? found.cx_purity : found.xc_purity) : null;
  };
  const chance = (row: OverviewClass) => {
    const found = find(row);
    return (kind === "cx" ? found?.cx_purity_permutation : found?.xc_purity_permutation)?.mean ?? null;
  };
  return {
    key: annotator,
    title: annotator,
    align: "right",
    kind: "number",
    value: (row) => purity(row)?.value ?? null,
    reason: (row) => purity(row)?.reason ?? null,
    show: (row) => {
      const [of, found] = [find(row), purity(row)];
      if (!of || !found) return UNDEFINED;
      if (found.value === null) return <WithNote note={found.reason ?? "not defined"}>{UNDEFINED}</WithNote>;
      return (
        <WithNote
          note={
            <>
              {`${count(found.k)} of ${count(found.n)}, ${many(of.n_concepts, "concept")}`}
              <br />
              {chance(row) === null ? "" : `chance ${fixed(chance(row))}`}
            </>
          }
        >
          {fixed(found.value)}
        </WithNote>
      );
    },
    extra: [
      { title: `${annotator}, k`, kind: "integer", value: (row) => purity(row)?.k ?? null },
      { title: `${annotator}, n`, kind: "integer", value: (row) => purity(row)?.n ?? null },
      { title: `${annotator}, concepts`, kind: "integer", value: (row) => find(row)?.n_concepts ?? null },
      { title: `${annotator}, chance`, kind: "number", value: chance },
    ],
  };
}
