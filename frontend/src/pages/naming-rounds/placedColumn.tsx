import type { RoundProgress } from "../../api/types";
import { count, many, percent } from "../../components/format";
import type { Column } from "../../components/table/column";
import { WithNote } from "../../components/table/Table";
import { share } from "./progress";

type Of<Row> = Pick<Column<Row>, "key" | "title" | "about" | "extra">;

/** The share of maps that are placed, with k of n under it. */
export function placedColumn<Row extends { readonly progress: RoundProgress }>(of: Of<Row>): Column<Row> {
  return {
    ...of,
    kind: "number",
    align: "right",
    value: (row) => share(row.progress),
    reason: (row) => (row.progress.total === 0 ? "no map on any board" : null),
    show: (row) => (
      <WithNote note={`${count(row.progress.placed)} of ${many(row.progress.total, "map")}`}>
        {percent(share(row.progress), 0)}
      </WithNote>
    ),
  };
}
