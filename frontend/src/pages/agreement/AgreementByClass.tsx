import type { OverviewClass } from "../../api/agreement";
import { ChartFrame } from "../../charts/ChartFrame";
import { RangeChart } from "../../charts/RangeChart";
import { rangeWords } from "../../charts/rangeLayout";
import { many } from "../../components/format";
import { type Column, orderFrom, orderText } from "../../components/table/column";
import { ClassLink } from "./ClassLink";
import { chanceColumn, rangeColumn, wholeColumn } from "./columns";
import { agreementRanges, boardNotes } from "./figures";
import { ofMatchings, permutationsWords } from "./permutations";
import { matchingOf } from "./round";
import { type OverviewSearch, type Reading, useHere } from "./search";
import { useFileName } from "./useFileName";
import { PAPER_READINGS, READING_NAMES } from "./words";

/** Table 5 of the naming paper: matched agreement and Jaccard over the pairs of each class, with what chance gives. */
export function AgreementByClass({ classes }: { classes: readonly OverviewClass[] }) {
  const fileName = useFileName();
  const { search, choose } = useHere<OverviewSearch>();
  const groups = agreementRanges(classes);
  const chance = permutationsWords(ofMatchings(classes)) || "chance is not computed yet";
  return (
    <ChartFrame
      title="Agreement by class"
      lead="Of the maps that two annotators named, the share in concepts that match. A dot is the mean over pairs, its line from the least to the most; the short upright line is what shuffled labels reach. Jaccard: of the maps that either named, those that both did."
      n={`${many(classes.length, "class", "classes")}; ${chance}. Under a class: its pairs, and the maps that both of a pair named. Pairs share annotators, so they are not taken as independent of one another.`}
      file={fileName("agreement by class")}
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

function reading(key: Reading): Column<OverviewClass>[] {
  const title = READING_NAMES[key];
  return [
    rangeColumn<OverviewClass>(
      { key, title, about: "Mean over pairs; under it the least, the most, the sample deviation and n" },
      (row) => matchingOf(row, key)?.agreement ?? null,
    ),
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
  wholeColumn(
    { key: "both", title: "In common, least", about: "Maps that both named, of the pair with fewest" },
    ({ n_both }) => (n_both.length > 0 ? Math.min(...n_both) : null),
  ),
  wholeColumn(
    { key: "both_most", title: "In common, most", about: "Maps that both named, of the pair with most" },
    ({ n_both }) => (n_both.length > 0 ? Math.max(...n_both) : null),
  ),
  rangeColumn({ key: "jaccard", title: "Jaccard" }, (row) => summary(row)?.jaccard ?? null),
  ...PAPER_READINGS.flatMap(reading),
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
