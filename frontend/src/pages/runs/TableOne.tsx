import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ClassRow, RunDetail } from "../../api/types";
import { Card } from "../../components/Page";
import { Segmented } from "../../components/Segmented";
import { orderFrom, orderText } from "../../components/table/column";
import { Table } from "../../components/table/Table";
import { allColumns, type Part, partColumns } from "./columns";

/** Table 1 of the naming paper and more, by class; the part shown and the order stand in the link. */
export function TableOne({ run }: { run: RunDetail }) {
  const search = useSearch({ strict: false }) as { part?: Part; sort?: string };
  const navigate = useNavigate();
  const part = search.part ?? "overview";
  const choose = (change: Record<string, string>) =>
    void navigate({
      to: ".",
      search: (before: Record<string, unknown>) => ({ ...before, ...change }),
      replace: true,
      resetScroll: false,
    } as never);
  const notes = run.classes.filter((row) => row.figures.note);
  return (
    <Card
      flush
      title="By class"
      lead="On the test images with this label, unless the column says otherwise."
      actions={
        <Segmented
          label="Columns"
          hideLabel
          value={part}
          onValue={(next) => choose({ part: next })}
          options={[
            { value: "overview", label: "Overview" },
            { value: "errors", label: "Errors" },
            { value: "features", label: "X-features" },
            { value: "maps", label: "Maps" },
          ]}
        />
      }
    >
      <Table<ClassRow>
        caption="Figures by class"
        hideCaption
        columns={partColumns(part)}
        fileColumns={allColumns}
        rows={run.classes}
        rowKey={(row) => String(row.position)}
        order={orderFrom(search.sort)}
        onOrder={(order) => choose({ sort: orderText(order) })}
        file={`${run.name} by class`}
        notes={notes.map((row) => `${row.name}: ${row.figures.note}`)}
      />
    </Card>
  );
}
