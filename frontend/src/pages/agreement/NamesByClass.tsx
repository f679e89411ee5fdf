import { Link } from "@tanstack/react-router";
import type { OverviewClass } from "../../api/agreement";
import { count, many } from "../../components/format";
import { Card } from "../../components/Page";
import type { Column } from "../../components/table/column";
import { Table } from "../../components/table/Table";
import { ClassLink } from "./ClassLink";
import { rangeColumn, wholeColumn } from "./columns";
import { matchingOf, useRound } from "./round";
import { useFileName } from "./useFileName";
import { PAPER_READINGS, READING_NAMES } from "./words";

/** Table 6 of the naming paper: do concepts that match carry names that mean the same. */
export function NamesByClass({ classes }: { classes: readonly OverviewClass[] }) {
  const { round, overview } = useRound();
  const fileName = useFileName();
  const unjudged = classes.reduce((sum, each) => sum + (weightOf(each, "d1")?.unjudged ?? 0), 0);
  const project = overview.choices.project_id;
  return (
    <Card
      flush
      title="Names of matched concepts"
      lead={
        <>
          Of the maps in matched concepts whose names are judged, the share with the same meaning, and with
          the same or a narrower one.{" "}
          {unjudged > 0
            ? `${many(unjudged, "shared map")} lie in concepts matched one to one whose names nobody judged; they count in neither. `
            : ""}
          <Link to="/judgements" search={{ project, round }}>
            Judge names
          </Link>
        </>
      }
    >
      <Table
        caption="Names of matched concepts"
        hideCaption
        columns={COLUMNS}
        rows={classes}
        rowKey={(row) => String(row.position)}
        file={fileName("names by class")}
      />
    </Card>
  );
}

const weightOf = (row: OverviewClass, key: string) => row.matched.find((each) => each.key === key) ?? null;

const COLUMNS: readonly Column<OverviewClass>[] = [
  { key: "name", title: "Class", value: (row) => row.name, show: (row) => <ClassLink of={row} /> },
  ...(["exact", "subset"] as const).flatMap((meaning) =>
    PAPER_READINGS.map((key) =>
      rangeColumn<OverviewClass>(
        {
          key: `${meaning}_${key}`,
          title: `${meaning === "exact" ? "Same" : "Or narrower"}, ${READING_NAMES[key]}`,
          about:
            meaning === "exact"
              ? "Exact compatibility: mean over pairs of the judged weight with the same meaning"
              : "Subset compatibility: with the same or a narrower meaning",
        },
        (row) => matchingOf(row, key)?.[meaning] ?? null,
      ),
    ),
  ),
  ...(["d1", "d2_star", "d2_biclique"] as const).map(
    (key): Column<OverviewClass> => ({
      ...wholeColumn<OverviewClass>(
        {
          key: `unjudged_${key}`,
          title: `Unjudged, ${READING_NAMES[key]}`,
          about: "Maps in matched concepts whose names nobody judged, over all pairs",
        },
        (row) => weightOf(row, key)?.unjudged ?? null,
      ),
      show: (row) => {
        const found = weightOf(row, key);
        return found ? `${count(found.unjudged)} of ${count(found.unjudged + found.judged)}` : "–";
      },
      extra: [
        {
          title: `Judged, ${READING_NAMES[key]}`,
          kind: "integer",
          value: (row) => weightOf(row, key)?.judged ?? null,
        },
      ],
    }),
  ),
];
