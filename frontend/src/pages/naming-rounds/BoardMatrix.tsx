import type { BoardProgress, NamingRoundDetail } from "../../api/types";
import { count, exactly, many, when } from "../../components/format";
import { Tag } from "../../components/Notice";
import { Card } from "../../components/Page";
import { ProgressBar } from "../../components/ProgressBar";
import type { Column } from "../../components/table/column";
import { Table, WithNote } from "../../components/table/Table";
import styles from "./NamingRounds.module.css";
import { placedColumn } from "./placedColumn";
import { type AnnotatorRow, annotatorRows, notBlind, share } from "./progress";

/** Who has done how much: one row for each annotator, one column for each class. */
export function BoardMatrix({ round }: { round: NamingRoundDetail }) {
  const shown = notBlind(round);
  return (
    <Card
      flush
      title="Boards"
      lead={`${many(round.annotators.length, "annotator")}, ${many(round.classes.length, "class", "classes")}. A map is placed when it is named or discarded.`}
    >
      <Table
        caption={`Boards of ${round.name}`}
        hideCaption
        columns={columns(round)}
        rows={annotatorRows(round)}
        rowKey={(row) => row.annotator}
        file={`${round.name} boards`}
        notes={
          shown > 0
            ? [
                `${many(shown, "board")} not blind: the annotator chose to see what the board hides. Agreement pages say so too.`,
              ]
            : []
        }
      />
    </Card>
  );
}

function columns(round: NamingRoundDetail): Column<AnnotatorRow>[] {
  return [
    {
      key: "annotator",
      title: "Annotator",
      value: (row) => row.annotator,
      show: (row) => (row.name ? <WithNote note={row.annotator}>{row.name}</WithNote> : row.annotator),
      extra: [{ title: "Name", value: (row) => row.name, kind: "text" }],
    },
    placedColumn({
      key: "all",
      title: "All classes",
      extra: [
        { title: "Placed", value: (row) => row.progress.placed },
        { title: "Maps", value: (row) => row.progress.total },
        { title: "Boards finished", value: (row) => row.progress.complete },
        { title: "Boards", value: (row) => row.progress.boards },
      ],
    }),
    ...round.classes.map(({ position, name }): Column<AnnotatorRow> => {
      const board = (row: AnnotatorRow) => row.boards.get(position);
      return {
        key: String(position),
        title: name,
        kind: "integer",
        first: "down",
        value: (row) => board(row)?.placed ?? null,
        show: (row) => <Board board={board(row)} label={`${name}, ${row.name ?? row.annotator}`} />,
        extra: [
          { title: `${name}, maps`, kind: "integer", value: (row) => board(row)?.total ?? null },
          { title: `${name}, finished`, kind: "text", value: (row) => yesNo(board(row)?.complete) },
          { title: `${name}, blind`, kind: "text", value: (row) => yesNo(board(row)?.blind) },
          { title: `${name}, changed`, kind: "text", value: (row) => board(row)?.changed_at ?? null },
        ],
      };
    }),
    {
      key: "changed",
      title: "Last change",
      value: (row) => row.changedAt,
      show: (row) => (row.changedAt ? when(row.changedAt) : "not begun"),
      first: "down",
    },
  ];
}

function yesNo(value: boolean | undefined): string | null {
  return value === undefined ? null : value ? "yes" : "no";
}

function Board({ board, label }: { board: BoardProgress | undefined; label: string }) {
  if (!board) return <span className={styles.none}>no board</span>;
  return (
    <span
      className={styles.board}
      title={board.changed_at ? `changed ${exactly(board.changed_at)}` : "not begun"}
    >
      <span>
        {count(board.placed)} <small>of {many(board.total, "map")}</small>
      </span>
      <ProgressBar
        share={share(board)}
        label={`${label}: ${board.placed} of ${board.total} maps placed`}
        tone={board.complete ? "good" : "accent"}
      />
      {board.complete || !board.blind ? (
        <span className={styles.tags}>
          {board.complete ? <Tag tone="good">finished</Tag> : null}
          {board.blind ? null : <Tag tone="careful">not blind</Tag>}
        </span>
      ) : null}
    </span>
  );
}
