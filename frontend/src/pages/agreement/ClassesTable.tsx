import { useQuery } from "@tanstack/react-query";
import type { OverviewClass } from "../../api/agreement";
import { runQuery } from "../../api/runs";
import type { ClassRow } from "../../api/types";
import { count, fixed, many } from "../../components/format";
import { Tag } from "../../components/Notice";
import { Card } from "../../components/Page";
import type { Column } from "../../components/table/column";
import { Table, WithNote } from "../../components/table/Table";
import { ClassLink } from "./ClassLink";
import { shareColumn, wholeColumn } from "./columns";
import { useRound } from "./round";
import { useFileName } from "./useFileName";

interface Row {
  readonly of: OverviewClass;
  readonly run: ClassRow | undefined;
}

/** Table 1 of the naming paper: what there was to name, and how good the network is. */
export function ClassesTable({ classes }: { classes: readonly OverviewClass[] }) {
  const { overview } = useRound();
  const fileName = useFileName();
  const run = useQuery(runQuery(overview.choices.run_id));
  const rows = classes.map((of) => ({
    of,
    run: run.data?.classes.find((each) => each.position === of.position),
  }));
  return (
    <Card
      flush
      title="What there was to name"
      lead="Test images of a class with at least one significant map, their maps, and how often the network is right."
    >
      <Table
        caption="Classes"
        hideCaption
        columns={COLUMNS}
        rows={rows}
        rowKey={(row) => String(row.of.position)}
        file={fileName("classes")}
      />
    </Card>
  );
}

const COLUMNS: readonly Column<Row>[] = [
  { key: "name", title: "Class", value: (row) => row.of.name, show: (row) => <ClassLink of={row.of} /> },
  wholeColumn({ key: "images", title: "Images" }, (row) => row.of.figures?.n_images ?? null),
  wholeColumn(
    { key: "apart", title: "Images apart", about: "Images without a significant map: in no figure" },
    (row) => row.of.n_unexplained,
  ),
  wholeColumn(
    { key: "maps", title: "Maps", about: "Significant activations" },
    (row) => row.of.figures?.n_activations ?? null,
  ),
  wholeColumn(
    { key: "lost", title: "Maps lost", about: "Significant maps that lost all of their mass: on no board" },
    (row) => row.of.n_lost,
  ),
  {
    key: "per_image",
    title: "Maps per image",
    align: "right",
    kind: "number",
    value: (row) => row.of.figures?.activations_per_image ?? null,
    show: (row) => fixed(row.of.figures?.activations_per_image),
  },
  wholeColumn({ key: "features", title: "X-features" }, (row) => row.of.figures?.n_x_features ?? null),
  shareColumn({ key: "network", title: "Network right", about: "Of all test images of the class" }, (row) =>
    ofRun(row, "accuracy_network"),
  ),
  shareColumn(
    {
      key: "xnn",
      title: "With X-features",
      about: "The same with this class’s score rebuilt from its X-features",
    },
    (row) => ofRun(row, "accuracy_xnn"),
  ),
  {
    key: "boards",
    title: "Boards finished",
    align: "right",
    kind: "integer",
    value: (row) => row.of.boards?.complete ?? null,
    show: ({ of: { boards } }) =>
      boards ? (
        <WithNote
          note={
            boards.not_blind.length > 0 ? (
              <Tag tone="careful">{many(boards.not_blind.length, "board")} not blind</Tag>
            ) : (
              ""
            )
          }
        >
          {`${count(boards.complete)} of ${count(boards.boards)}`}
        </WithNote>
      ) : (
        "–"
      ),
    extra: [
      { title: "Boards", kind: "integer", value: (row) => row.of.boards?.boards ?? null },
      { title: "Not blind", kind: "text", value: (row) => row.of.boards?.not_blind.join(" ") ?? null },
    ],
  },
];

function ofRun({ run }: Row, key: "accuracy_network" | "accuracy_xnn") {
  const found = run?.figures[key];
  if (!found) return null;
  const { value, k, n } = found;
  return { value, k: k ?? 0, n: n ?? 0, reason: value === null ? "no test image with this label" : null };
}
