import type { ReactNode } from "react";
import type { AnnotatorFigures, OverviewClass } from "../../api/agreement";
import { count, fixed, many, UNDEFINED } from "../../components/format";
import { Card } from "../../components/Page";
import { Segmented } from "../../components/Segmented";
import type { Column } from "../../components/table/column";
import { Table, WithNote } from "../../components/table/Table";
import { usePrinting } from "../../components/usePrinting";
import { permutationColumns, whyNoMean } from "./columns";
import { ofPurity, permutationsWords } from "./permutations";
import { annotatorsOf } from "./round";
import { type OverviewSearch, type PurityKind, useHere } from "./search";
import { useFileName } from "./useFileName";

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

const KINDS = ["cx", "xc"] as const;

/** Tables 2 and 3 of the naming paper: class × annotator; on paper both. */
export function Purity({ classes }: { classes: readonly OverviewClass[] }) {
  const { search, choose } = useHere<OverviewSearch>();
  const printing = usePrinting();
  const kind = search.purity ?? "cx";
  const choice = (
    <Segmented
      label="Purity"
      hideLabel
      value={kind}
      onValue={(next) => choose({ purity: next })}
      options={KINDS.map((value) => ({ value, label: SAYS[value].label }))}
    />
  );
  return (printing ? KINDS : [kind]).map((each) => (
    <OfKind key={each} kind={each} classes={classes} actions={printing ? null : choice} />
  ));
}

interface OfKindProps {
  kind: PurityKind;
  classes: readonly OverviewClass[];
  actions: ReactNode;
}

function OfKind({ kind, classes, actions }: OfKindProps) {
  const fileName = useFileName();
  const { label, lead } = SAYS[kind];
  const chance = permutationsWords(ofPurity(classes, kind));
  return (
    <Card
      flush
      title={`Concepts and X-features: ${label}`}
      lead={`${lead} ${chance ? `Chance: ${chance} of the concept labels.` : "Chance is not computed yet."}`}
      actions={actions}
    >
      <Table
        caption={label}
        hideCaption
        columns={columns(kind, annotatorsOf(classes))}
        rows={classes}
        rowKey={(row) => String(row.position)}
        file={fileName(label)}
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
      reason: (row) => whyNoMean(average(row, kind)?.macro ?? null),
      show: (row) => {
        const found = average(row, kind)?.macro;
        const left = found && found.n_undefined > 0 ? `, ${count(found.n_undefined)} undefined` : "";
        return found ? (
          <WithNote note={`${many(found.n, "annotator")}${left}`}>{fixed(found.value)}</WithNote>
        ) : (
          UNDEFINED
        );
      },
      extra: [
        { title: "Mean, n", kind: "integer", value: (row) => average(row, kind)?.macro.n ?? null },
        {
          title: "Mean, undefined",
          kind: "integer",
          value: (row) => average(row, kind)?.macro.n_undefined ?? null,
        },
      ],
    },
    {
      key: "pooled",
      title: "Pooled",
      about: "All annotators’ maps together",
      align: "right",
      kind: "number",
      value: (row) => average(row, kind)?.pooled.value ?? null,
      reason: (row) => average(row, kind)?.pooled.reason ?? null,
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
  const permutation = (row: OverviewClass) => {
    const found = find(row);
    return (kind === "cx" ? found?.cx_purity_permutation : found?.xc_purity_permutation) ?? null;
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
              {permutation(row) ? `chance ${fixed(permutation(row)?.mean)}` : ""}
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
      ...permutationColumns(`${annotator}, chance`, permutation),
    ],
  };
}
