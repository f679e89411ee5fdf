import { type ReactNode, use, useRef, useState } from "react";
import { DownloadMenu } from "../components/DownloadMenu";
import { Card } from "../components/Page";
import type { Column, Order } from "../components/table/column";
import { tableFormats } from "../components/table/download";
import { OriginContext } from "../components/table/origin";
import { Table } from "../components/table/Table";
import { usePrinting } from "../components/usePrinting";
import styles from "./ChartFrame.module.css";
import { chartFormats } from "./save";

interface ChartFrameProps<Row> {
  title: string;
  /** What the figure shows, in a sentence or two. */
  lead: string;
  /** Of how many: "170 maps, 5 annotators". */
  n: string;
  /** Name of the files without their ending. */
  file: string;
  /** The numbers of the chart, as its table and its files hold them. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Sentences under the table. */
  notes?: readonly string[];
  /** The order of the table, where it stands in the link of the page. */
  order?: Order | null;
  onOrder?: (order: Order) => void;
  /** Choices that belong to this figure alone. */
  actions?: ReactNode;
  /** The table stands open from the start. */
  open?: boolean;
  /** One or more charts: each `<svg data-chart>` in it is part of the downloaded drawing. */
  children: ReactNode;
}

/** A figure: what it shows and of how many, the chart, a table with the same numbers, and one download of all. */
export function ChartFrame<Row>(props: ChartFrameProps<Row>) {
  const { title, lead, n, file, columns, rows, rowKey, notes, order, onOrder } = props;
  const origin = use(OriginContext);
  const printing = usePrinting();
  const [open, setOpen] = useState(props.open ?? false);
  const figure = useRef<HTMLElement>(null);
  const charts = () => [...(figure.current?.querySelectorAll<SVGSVGElement>("svg[data-chart]") ?? [])];
  return (
    <Card
      flush
      title={title}
      lead={lead}
      actions={
        <>
          {props.actions}
          <DownloadMenu
            of={title}
            formats={[
              chartFormats(file, charts, { title, description: `${lead} ${n}` }, origin),
              tableFormats(file, rows, columns, origin),
            ]}
          />
        </>
      }
    >
      <figure ref={figure} className={styles.figure} aria-label={title}>
        {props.children}
        <figcaption className={styles.n}>{n}</figcaption>
      </figure>
      <details
        className={styles.table}
        open={open || printing}
        onToggle={(event) => {
          if (!printing) setOpen(event.currentTarget.open);
        }}
      >
        <summary>Table</summary>
        <Table
          caption={`${title}, in numbers`}
          hideCaption
          columns={columns}
          rows={rows}
          rowKey={rowKey}
          {...(notes ? { notes } : {})}
          {...(order !== undefined ? { order } : {})}
          {...(onOrder ? { onOrder } : {})}
        />
      </details>
    </Card>
  );
}
