import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { type OverviewClass, summaryQuery, type TestSetSummary } from "../../api/agreement";
import { Button } from "../../components/Button";
import { count, many, percent } from "../../components/format";
import { Card } from "../../components/Page";
import { type Column, orderFrom, orderText } from "../../components/table/column";
import { Table, WithNote } from "../../components/table/Table";
import styles from "./Agreement.module.css";
import { OfClass, Read } from "./ClassPart";
import { wholeColumn } from "./columns";
import { ImagesCard } from "./ImagesCard";
import { InView } from "./InView";
import { useRound } from "./round";
import { type SummarySearch, useHere } from "./search";
import { allOther, type CombinationRow, combinationRows, keyOf } from "./summaryFigures";
import { useFileName } from "./useFileName";

/** Table 4 of the naming paper: which combinations of names explain how many test images. */
export function SummaryPage() {
  return <OfClass>{(of) => <OfOneClass key={of.position} of={of} />}</OfClass>;
}

function OfOneClass({ of }: { of: OverviewClass }) {
  const { round, basis } = useRound();
  const summary = useQuery(summaryQuery(round, basis, of.position));
  return <Read found={summary}>{(found) => <Content of={of} summary={found} />}</Read>;
}

function Content({ of, summary }: { of: OverviewClass; summary: TestSetSummary }) {
  const { search, choose } = useHere<SummarySearch>();
  const fileName = useFileName();
  const by = summary.explanations.some((each) => each.annotator === search.by) ? (search.by ?? null) : null;
  const rows = combinationRows(summary, by);
  const other = allOther(rows);
  const open = search.names ? rows.find((row) => row.key === keyOf(search.names ?? [])) : undefined;
  const who = by ?? "the consensus";
  const shown = columns(
    (row) => choose({ names: row.key === open?.key ? null : [...row.concepts] }),
    open?.key,
  );
  return (
    <>
      <Card
        flush
        title={`${of.name}: explanations by ${who}`}
        lead={`Which names explain how many of ${many(summary.n_images, "test image")}. Sort by share right: names behind many wrong answers come up, and those that should not matter and still go with right ones. “Whole”: every map of the image has a name.`}
        actions={
          <>
            <By summary={summary} by={by} choose={(next) => choose({ by: next, names: null })} />
            {other ? (
              <Button onClick={() => choose({ names: [] })}>
                All “other”: {many(other.n_images, "image")}
              </Button>
            ) : null}
          </>
        }
      >
        <Table
          caption={`Explanations of ${of.name} by ${who}`}
          hideCaption
          columns={shown}
          fileColumns={shown.filter((column) => column.key !== "split")}
          rows={rows}
          rowKey={(row) => row.key}
          order={orderFrom(search.sort)}
          onOrder={(order) => choose({ sort: orderText(order) })}
          file={fileName(of.name, `explanations by ${who}`)}
        />
      </Card>
      <InView of={open?.key}>
        {open ? (
          <ImagesCard key={open.key} of={of} annotator={by} row={open} />
        ) : (
          <p className={styles.none}>
            {search.names ? "No image has the combination of this link any more. " : ""}Choose a combination
            to see its images.
          </p>
        )}
      </InView>
    </>
  );
}

function By({
  summary,
  by,
  choose,
}: {
  summary: TestSetSummary;
  by: string | null;
  choose: (by: string | null) => void;
}) {
  const id = useId();
  return (
    <>
      <label className="unseen" htmlFor={id}>
        Named by
      </label>
      <select
        id={id}
        className={styles.select}
        value={by ?? ""}
        onChange={(event) => choose(event.target.value || null)}
      >
        <option value="">Consensus</option>
        {summary.explanations.flatMap(({ annotator }) =>
          annotator === null
            ? []
            : [
                <option key={annotator} value={annotator}>
                  {annotator}
                </option>,
              ],
        )}
      </select>
    </>
  );
}

function columns(choose: (row: CombinationRow) => void, open: string | undefined): Column<CombinationRow>[] {
  return [
    {
      key: "names",
      title: "Names",
      value: (row) => row.concepts.map(escaped).join("|"),
      show: (row) => (
        <button
          type="button"
          className={styles.rowButton}
          data-printed
          aria-expanded={row.key === open}
          onClick={() => choose(row)}
        >
          <Names names={row.concepts} />
        </button>
      ),
    },
    {
      key: "share",
      title: "Share",
      align: "right",
      kind: "number",
      value: (row) => row.share,
      show: (row) => (
        <WithNote note={`${count(row.n_images)} of ${many(row.n, "image")}`}>{percent(row.share)}</WithNote>
      ),
      extra: [
        { title: "Images", kind: "integer", value: (row) => row.n_images },
        { title: "Of", kind: "integer", value: (row) => row.n },
      ],
    },
    {
      key: "split",
      title: "Right and wrong",
      about: "Green: the network was right, red: wrong, grey: the label is not known; as long as the share",
      fixed: true,
      value: (row) => row.n_right,
      show: (row) => <Split row={row} />,
    },
    wholeColumn({ key: "right", title: "Right" }, (row) => row.n_right),
    wholeColumn({ key: "wrong", title: "Wrong" }, (row) => row.n_wrong),
    wholeColumn(
      { key: "unknown", title: "Unknown", about: "Images whose label is not known" },
      (row) => row.unknown,
    ),
    {
      key: "share_right",
      title: "Share right",
      about: "Of the images of the row with a known label, those that the network predicted right",
      align: "right",
      kind: "number",
      first: "up",
      value: (row) => row.shareRight,
      reason: (row) => (row.shareRight === null ? "no label known" : null),
      show: (row) => (
        <WithNote note={`${count(row.n_right)} of ${count(row.n_right + row.n_wrong)}`}>
          {percent(row.shareRight)}
        </WithNote>
      ),
    },
    {
      ...wholeColumn<CombinationRow>(
        { key: "complete", title: "Whole", about: "Images in which every map has a name" },
        (row) => row.n_complete,
      ),
      show: (row) => <WithNote note={`of ${count(row.n_images)}`}>{count(row.n_complete)}</WithNote>,
    },
  ];
}

/** Names in one cell of a file are parted by a bar, as in the exports. */
function escaped(name: string): string {
  return name.replaceAll("\\", "\\\\").replaceAll("|", "\\|");
}

/** A combination of names as people wrote them. */
export function Names({ names }: { names: readonly string[] }) {
  if (names.length === 0) return <span className={styles.other}>all “other”</span>;
  return (
    <span className={styles.combination}>
      {names.map((name, index) => (
        <span key={name}>
          {index > 0 ? <span className={styles.plus}> + </span> : null}
          {name}
        </span>
      ))}
    </span>
  );
}

function Split({ row }: { row: CombinationRow }) {
  const part = (n: number) => ({ width: `${(100 * n) / row.n}%` });
  return (
    <span className={styles.split} aria-hidden>
      <span className={styles.right} style={part(row.n_right)} />
      <span className={styles.wrong} style={part(row.n_wrong)} />
      <span className={styles.unknown} style={part(row.unknown)} />
    </span>
  );
}
