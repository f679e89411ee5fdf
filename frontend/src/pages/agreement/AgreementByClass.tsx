import type { OverviewClass } from "../../api/agreement";
import { ChartFrame } from "../../charts/ChartFrame";
import { RangeChart } from "../../charts/RangeChart";
import { rangeWords } from "../../charts/rangeLayout";
import { count, many } from "../../components/format";
import { type Column, orderFrom, orderText } from "../../components/table/column";
import { ClassLink } from "./ClassLink";
import { chanceColumn, rangeColumn, wholeColumn } from "./columns";
import { agreementRanges, boardNotes } from "./figures";
import { matchingOf, useRound } from "./round";
import { type OverviewSearch, useHere } from "./search";
import { READING_NAMES } from "./words";

/** Table 5 of the naming paper: matched agreement and Jaccard over the pairs of each class, with what chance gives. */
export function AgreementByClass({ classes }: { classes: readonly OverviewClass[] }) {
  const { overview } = useRound();
  const { search, choose } = useHere<OverviewSearch>();
  const groups = agreementRanges(classes);
  return (
    <ChartFrame
      title="Agreement by class"
      lead="Of the maps that two annotators named, the share in concepts that match. A dot is the mean over pairs, its line from the least to the most; the short upright line is what shuffled labels reach. Jaccard: of the maps that either named, those that both did."
      n={`${many(classes.length, "class", "classes")}; ${count(overview.choices.permutations)} permutations. Pairs share annotators, so no test is run over them.`}
      file={`${overview.choices.round_name} agreement by class`}
      columns={COLUMNS}
      rows={classes}
      rowKey={(row) => String(row.position)}
      notes={classes.flatMap(boardNotes)}
      order={orderFrom(search.sort)}
      onOrder={(order) => choose({ sort: orderText(order) })}
      open
    >
      <RangeChart
        groups={groups}
        axis="share of maps"
        label={groups.map((group) => `${group.name}: ${group.marks.map(rangeWords).join("; ")}`).join(". ")}
      />
    </ChartFrame>
  );
}

const summary = (row: OverviewClass) => row.figures?.pair_summary ?? null;

function reading(key: "d1" | "d2_star" | "d2_biclique"): Column<OverviewClass>[] {
  const title = READING_NAMES[key];
  return [
    {
      ...rangeColumn<OverviewClass>(
        { key, title, about: "Mean over pairs; under it the least, the most, the sample deviation and n" },
        (row) => matchingOf(row, key)?.agreement ?? null,
      ),
    },
    chanceColumn<OverviewClass>(
      {
        key: `${key}_chance`,
        title: `Chance, ${title}`,
        about: "Mean of the class under permutation of labels",
      },
      (row) => matchingOf(row, key)?.permutation ?? null,
    ),
    ...(key === "d2_biclique"
      ? [
          wholeColumn<OverviewClass>(
            {
              key: `${key}_bounds`,
              title: "Bounds",
              about: "Pairs whose biclique agreement is only a lower bound",
            },
            (row) => matchingOf(row, key)?.n_bounds ?? null,
          ),
        ]
      : []),
  ];
}

const COLUMNS: readonly Column<OverviewClass>[] = [
  { key: "name", title: "Class", value: (row) => row.name, show: (row) => <ClassLink of={row} /> },
  wholeColumn({ key: "pairs", title: "Pairs" }, (row) => row.n_both.length),
  {
    key: "both",
    title: "In common",
    about: "Maps that both of a pair named, from the least to the most",
    align: "right",
    value: (row) => (row.n_both.length > 0 ? Math.min(...row.n_both) : null),
    show: (row) =>
      row.n_both.length > 0 ? `${count(Math.min(...row.n_both))}–${count(Math.max(...row.n_both))}` : "–",
    extra: [
      {
        title: "In common, most",
        kind: "integer",
        value: (row) => (row.n_both.length > 0 ? Math.max(...row.n_both) : null),
      },
    ],
  },
  ...(["d1", "d2_star", "d2_biclique"] as const).flatMap(reading),
  rangeColumn({ key: "jaccard", title: "Jaccard" }, (row) => summary(row)?.jaccard ?? null),
  rangeColumn(
    { key: "ari", title: "ARI", about: "Adjusted Rand index" },
    (row) => summary(row)?.adjusted_rand ?? null,
  ),
  rangeColumn(
    { key: "ami", title: "AMI", about: "Adjusted mutual information" },
    (row) => summary(row)?.adjusted_mutual_information ?? null,
  ),
  rangeColumn({ key: "v", title: "V-measure" }, (row) => summary(row)?.v_measure ?? null),
];
