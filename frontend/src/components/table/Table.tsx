import { ArrowDown, ArrowUp, ArrowUpDown } from "lucide-react";
import { use, useMemo, useState } from "react";
import { DownloadMenu } from "../DownloadMenu";
import { UNDEFINED } from "../format";
import { type Column, nextOrder, type Order, sorted } from "./column";
import { tableFormats } from "./download";
import { OriginContext } from "./origin";
import styles from "./Table.module.css";

interface TableProps<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Name of the file without its ending; without it there is no download. */
  file?: string;
  /** The order, where it stands in the link of the page. */
  order?: Order | null;
  onOrder?: (order: Order) => void;
  hideCaption?: boolean;
  /** Columns of the download where it holds more than is shown. */
  fileColumns?: readonly Column<Row>[];
  /** Sentences under the table. */
  notes?: readonly string[];
}

/** A table that sorts by a click on a head, keeps undefined values last and downloads as CSV and Parquet. */
export function Table<Row>(props: TableProps<Row>) {
  const { caption, columns, rows, rowKey, file, hideCaption, notes = [] } = props;
  const origin = use(OriginContext);
  const [own, setOwn] = useState<Order | null>(null);
  const order = props.order ?? own;
  const shown = useMemo(() => sorted(rows, columns, order), [rows, columns, order]);
  return (
    <div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys */}
      <section className={styles.scroll} aria-label={caption} tabIndex={0}>
        <table className={styles.table}>
          <caption className={hideCaption ? "unseen" : styles.caption}>{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <Head
                  key={column.key}
                  column={column}
                  order={order}
                  choose={() => (props.onOrder ?? setOwn)(nextOrder(order, column))}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={rowKey(row)}>
                {columns.map((column, index) => (
                  <Cell key={column.key} column={column} row={row} head={index === 0} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {notes.length > 0 ? (
        <ul className={styles.notes}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
      {file ? (
        <div className={styles.foot} data-unprinted>
          <DownloadMenu
            look="quiet"
            of={caption}
            formats={[tableFormats(file, shown, props.fileColumns ?? columns, origin)]}
          />
        </div>
      ) : null}
    </div>
  );
}

function Head<Row>({
  column,
  order,
  choose,
}: {
  column: Column<Row>;
  order: Order | null;
  choose: () => void;
}) {
  const here = order?.key === column.key;
  const sort = here ? (order.down ? "descending" : "ascending") : "none";
  const Sign = here ? (order.down ? ArrowDown : ArrowUp) : ArrowUpDown;
  const align = column.align === "right" ? styles.right : "";
  if (column.fixed) {
    return (
      <th scope="col" className={align} title={column.about}>
        <span className={styles.plainHead}>{column.title}</span>
      </th>
    );
  }
  return (
    <th scope="col" className={align} aria-sort={sort}>
      <button
        type="button"
        className={styles.sort}
        onClick={choose}
        title={column.about}
        data-here={here || undefined}
        data-printed
      >
        {column.title}
        <Sign aria-hidden />
      </button>
    </th>
  );
}

function Cell<Row>({ column, row, head }: { column: Column<Row>; row: Row; head: boolean }) {
  const align = column.align === "right" ? styles.right : "";
  const value = column.value(row);
  const shown = column.show ? column.show(row) : (value ?? UNDEFINED);
  const why = value === null ? (column.reason?.(row) ?? undefined) : undefined;
  if (head) {
    return (
      <th scope="row" className={`${styles.first} ${align}`} title={why}>
        {shown}
      </th>
    );
  }
  return (
    <td className={align} title={why}>
      {shown}
      {why ? <span className="unseen"> ({why})</span> : null}
    </td>
  );
}

/** A number with the quieter line beneath it: its n, its interval. */
export function WithNote({ children, note }: { children: React.ReactNode; note: React.ReactNode }) {
  return (
    <span className={styles.noted}>
      {children}
      <small>{note}</small>
    </span>
  );
}
