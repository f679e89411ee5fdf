import { useNavigate, useSearch } from "@tanstack/react-router";
import type { Accuracy, SplitAccuracy } from "../../api/types";
import { IntervalDots } from "../../charts/IntervalDots";
import { count, percent, rounded } from "../../components/format";
import { Card, Fact, Facts } from "../../components/Page";
import { Segmented } from "../../components/Segmented";
import { type Column, orderFrom, orderText } from "../../components/table/column";
import { Table } from "../../components/table/Table";
import styles from "./Classifiers.module.css";

interface AccuraciesProps {
  accuracy: readonly SplitAccuracy[];
  name: string;
}

type Side = SplitAccuracy["split"];

/** How often the classifier is right: together, per class, per fine label. */
export function Accuracies({ accuracy, name }: AccuraciesProps) {
  const search = useSearch({ strict: false }) as { side?: Side; sort?: string };
  const navigate = useNavigate();
  const side = search.side ?? "test";
  const shown = accuracy.find((each) => each.split === side) ?? accuracy[0];
  if (!shown) return null;
  const choose = (change: Record<string, string>) =>
    void navigate({
      to: ".",
      search: (before: Record<string, unknown>) => ({ ...before, ...change }),
      replace: true,
      resetScroll: false,
    } as never);
  const order = orderFrom(search.sort);
  return (
    <>
      <Card
        title="Accuracy"
        actions={
          <Segmented
            label="Images"
            hideLabel
            value={shown.split}
            onValue={(split) => choose({ side: split })}
            options={accuracy.map((each) => ({
              value: each.split,
              label: each.split === "test" ? "For testing" : "For training",
            }))}
          />
        }
      >
        <Overall overall={shown.overall} />
      </Card>
      <Card flush title="By class" lead="Share of the images with this label that the network calls so.">
        <Table
          caption="Accuracy by class"
          hideCaption
          columns={columns("Class")}
          rows={shown.classes}
          rowKey={(row) => row.name}
          order={order}
          onOrder={(next) => choose({ sort: orderText(next) })}
          file={`${name} accuracy by class`}
        />
      </Card>
      {shown.fine_labels.length > 0 ? (
        <Card flush title="By fine label" lead="The same for the finer labels.">
          <Table
            caption="Accuracy by fine label"
            hideCaption
            columns={columns("Fine label")}
            rows={shown.fine_labels}
            rowKey={(row) => row.name}
            file={`${name} accuracy by fine label`}
          />
        </Card>
      ) : null}
    </>
  );
}

function Overall({ overall }: { overall: Accuracy }) {
  return (
    <Facts>
      <Fact value={percent(overall.value)} of={`right, ${count(overall.k)} of ${count(overall.n)} images`} />
      <Fact
        value={range(overall.low, overall.high)}
        of="95 % interval, images taken as independent (Wilson)"
      />
      {overall.group_low !== null ? (
        <Fact
          value={range(overall.group_low, overall.group_high)}
          of={`95 % interval over ${count(overall.groups)} groups (bootstrap)`}
        />
      ) : null}
    </Facts>
  );
}

function range(low: number | null, high: number | null): string {
  return low === null || high === null ? "–" : `${rounded(low * 100, 1)} – ${percent(high)}`;
}

function columns(title: string): readonly Column<Accuracy>[] {
  return [
    { key: "name", title, value: (row) => row.name },
    {
      key: "accuracy",
      title: "Accuracy",
      kind: "number",
      align: "right",
      value: (row) => row.value,
      show: (row) => percent(row.value),
    },
    {
      key: "interval",
      title: "95 % interval",
      about: "Over groups where images of one object belong together, else over images.",
      kind: "number",
      value: (row) => believed(row).low,
      show: (row) => <Interval row={row} />,
      extra: [
        { title: "low (Wilson)", kind: "number", value: (row) => row.low },
        { title: "high (Wilson)", kind: "number", value: (row) => row.high },
        { title: "low (groups)", kind: "number", value: (row) => row.group_low },
        { title: "high (groups)", kind: "number", value: (row) => row.group_high },
      ],
    },
    { key: "k", title: "Right", align: "right", value: (row) => row.k, show: (row) => count(row.k) },
    { key: "n", title: "Images", align: "right", value: (row) => row.n, show: (row) => count(row.n) },
    {
      key: "groups",
      title: "Groups",
      align: "right",
      value: (row) => row.groups,
      show: (row) => count(row.groups),
    },
  ];
}

/**
 * The interval to believe: over groups where there are any, over images otherwise. A bootstrap of equal groups has no
 * width (all wrong, or all right), which says nothing; then the interval over images stands instead.
 */
export function believed(row: Accuracy): { low: number | null; high: number | null } {
  const grouped = row.group_low !== null && row.group_high !== null && row.group_low < row.group_high;
  return grouped ? { low: row.group_low, high: row.group_high } : { low: row.low, high: row.high };
}

function Interval({ row }: { row: Accuracy }) {
  const { low, high } = believed(row);
  return (
    <span className={styles.interval}>
      <span>{range(low, high)}</span>
      <IntervalDots
        label={`${row.name}: ${percent(row.value)}, ${range(low, high)}`}
        rows={[{ key: row.name, value: row.value, low, high, tone: "accent" }]}
        width={140}
      />
    </span>
  );
}
