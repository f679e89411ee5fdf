import type { ReactNode } from "react";
import type { OverviewClass } from "../../api/agreement";
import { ChartFrame } from "../../charts/ChartFrame";
import { GroupedBars } from "../../charts/GroupedBars";
import { count, many, percent } from "../../components/format";
import { Segmented } from "../../components/Segmented";
import type { Column } from "../../components/table/column";
import { usePrinting } from "../../components/usePrinting";
import { shareColumn, wholeColumn } from "./columns";
import {
  ANY,
  apartWords,
  boardNotes,
  type CoverageRow,
  coverageGroups,
  coverageRows,
  coverageSeries,
} from "./figures";
import { annotatorsOf } from "./round";
import { COVERAGES, type CoverageKind, type OverviewSearch, useHere } from "./search";
import { useFileName } from "./useFileName";

interface Says {
  readonly label: string;
  readonly title: string;
  readonly file: string;
  readonly lead: string;
  readonly things: string;
}

const SAYS: Readonly<Record<CoverageKind, Says>> = {
  activation: {
    label: "Maps",
    title: "Which maps were named",
    file: "named maps",
    lead: "Share of a class’s maps that each annotator named, and that any of them did.",
    things: "map",
  },
  partial: {
    label: "Images, in part",
    title: "Which images are explained in part",
    file: "images explained in part",
    lead: "Share of a class’s images with at least one named map.",
    things: "image",
  },
  complete: {
    label: "Images, whole",
    title: "Which images are explained whole",
    file: "images explained whole",
    lead: "Share of a class’s images with every map named; for any annotator, each map by somebody.",
    things: "image",
  },
};

/** Figures 3, 4 and 5 of the naming paper; on paper all three. */
export function Coverage({ classes }: { classes: readonly OverviewClass[] }) {
  const { search, choose } = useHere<OverviewSearch>();
  const printing = usePrinting();
  const kind = search.coverage ?? "activation";
  const choice = (
    <Segmented
      label="Coverage"
      hideLabel
      value={kind}
      onValue={(next) => choose({ coverage: next })}
      options={COVERAGES.map((value) => ({ value, label: SAYS[value].label }))}
    />
  );
  return (printing ? COVERAGES : [kind]).map((each) => (
    <OfKind key={each} kind={each} classes={classes} actions={printing ? null : choice} />
  ));
}

interface OfKindProps {
  kind: CoverageKind;
  classes: readonly OverviewClass[];
  actions: ReactNode;
}

function OfKind({ kind, classes, actions }: OfKindProps) {
  const fileName = useFileName();
  const says = SAYS[kind];
  const groups = coverageGroups(classes, kind);
  return (
    <ChartFrame
      title={says.title}
      lead={says.lead}
      n={`${many(annotatorsOf(classes).length, "annotator")}, ${many(classes.length, "class", "classes")}. ${apartWords(classes)}`.trimEnd()}
      file={fileName(says.file)}
      columns={columns(kind)}
      rows={coverageRows(classes)}
      rowKey={(row) => row.key}
      notes={classes.flatMap(boardNotes)}
      actions={actions}
    >
      <GroupedBars
        groups={groups}
        series={coverageSeries(classes)}
        things={says.things}
        label={`${says.title}. ${groups.map((group) => `${group.name}: any annotator ${percent(group.values[ANY]?.value)}`).join(", ")}.`}
      />
    </ChartFrame>
  );
}

const whole = (
  key: string,
  title: string,
  about: string,
  pick: (of: NonNullable<CoverageRow["of"]>) => number,
) => wholeColumn<CoverageRow>({ key, title, about }, (row) => (row.of ? pick(row.of) : null));

const columns = (kind: CoverageKind): Column<CoverageRow>[] => [
  { key: "class", title: "Class", value: (row) => row.class },
  { key: "annotator", title: "Annotator", value: (row) => row.annotator },
  shareColumn({ key: kind, title: SAYS[kind].label, about: SAYS[kind].lead }, (row) => row.coverage[kind]),
  ...(kind === "activation" ? OF_MAPS : []),
];

/** What became of the maps that have no name. */
const OF_MAPS: readonly Column<CoverageRow>[] = [
  whole("concepts", "Concepts", "After concepts of too few images were removed", (of) => of.n_concepts),
  {
    ...whole(
      "removed",
      "Removed",
      "Concepts of too few images, and their maps",
      (of) => of.n_concepts_removed,
    ),
    show: ({ of }) =>
      of ? `${count(of.n_concepts_removed)}, ${many(of.n_activations_removed, "map")}` : "–",
    extra: [
      { title: "Removed, maps", kind: "integer", value: ({ of }) => of?.n_activations_removed ?? null },
    ],
  },
  shareColumn<CoverageRow>(
    { key: "discarded", title: "Discarded", about: "Maps on the discard pile" },
    (row) => row.discarded,
  ),
];
