import { useState } from "react";
import type { NamePair } from "../../api/types";
import { Button } from "../../components/Button";
import { DownloadMenu } from "../../components/DownloadMenu";
import { count, many, when } from "../../components/format";
import { Tag } from "../../components/Notice";
import { Card } from "../../components/Page";
import { type Column, orderFrom, orderText } from "../../components/table/column";
import { tableFormats } from "../../components/table/download";
import { Table } from "../../components/table/Table";
import styles from "./Judgements.module.css";
import { proposed, relationLabel } from "./judging";

interface PairTableProps {
  pairs: readonly NamePair[];
  current: string;
  choose: (id: string) => void;
  sort: string | undefined;
  onSort: (sort: string) => void;
}

const STEP = 100;

/** The pairs that are listed, a hundred at a time; a click on a name brings its pair before the analyst. */
export function PairTable({ pairs, current, choose, sort, onSort }: PairTableProps) {
  const [limit, setLimit] = useState(STEP);
  const columns = pairColumns(current, choose);
  const left = pairs.length - limit;
  return (
    <Card
      flush
      title="Pairs of names"
      lead="Those with most maps in common first. A proposal counts only when somebody says so."
      actions={
        <DownloadMenu of="pairs of names" formats={[tableFormats("pairs of names", pairs, columns, null)]} />
      }
    >
      <Table
        caption="Pairs of names"
        hideCaption
        columns={columns}
        rows={pairs.slice(0, limit)}
        rowKey={(pair) => pair.id}
        order={orderFrom(sort)}
        onOrder={(order) => onSort(orderText(order))}
      />
      {left > 0 ? (
        <div className={styles.more}>
          <Button onClick={() => setLimit(limit + STEP)}>Show more, {many(left, "pair")} left</Button>
        </div>
      ) : null}
    </Card>
  );
}

/** The columns of the table; `choose` brings a pair before the analyst. */
export function pairColumns(current: string | null, choose: (id: string) => void): Column<NamePair>[] {
  return [
    {
      key: "name_a",
      title: "Name",
      value: (pair) => pair.name_a,
      show: (pair) => (
        <button
          type="button"
          className={styles.choose}
          data-printed
          aria-current={pair.id === current ? "true" : undefined}
          aria-label={`Judge ${pair.name_a} and ${pair.name_b}`}
          onClick={() => choose(pair.id)}
        >
          {pair.name_a}
        </button>
      ),
    },
    {
      key: "name_b",
      title: "Other name",
      value: (pair) => pair.name_b,
      show: (pair) => <span className={`written ${styles.name}`}>{pair.name_b}</span>,
    },
    {
      key: "shared",
      title: "Maps in common",
      about: "Over all pairs of annotators, maps that one gave the first name and the other the second",
      kind: "integer",
      align: "right",
      value: (pair) => pair.shared,
      show: (pair) => count(pair.shared),
    },
    {
      key: "judgement",
      title: "Judgement",
      kind: "text",
      value: (pair) => pair.judgement?.relation ?? null,
      reason: (pair) => (pair.judgement ? null : "not judged"),
      show: (pair) =>
        pair.judgement ? <Tag tone="good">{relationLabel(pair.judgement.relation)}</Tag> : "–",
      extra: [
        { title: "Judged by", kind: "text", value: (pair) => pair.judgement?.judged_by ?? null },
        { title: "Judged at", kind: "text", value: (pair) => pair.judgement?.judged_at ?? null },
      ],
    },
    {
      key: "proposal",
      title: "Proposal",
      kind: "text",
      value: proposed,
      show: (pair) => {
        const relation = proposed(pair);
        return relation ? relationLabel(relation) : "–";
      },
    },
    { key: "reason", title: "Because", value: (pair) => pair.proposal.reason },
    {
      key: "when",
      title: "Judged",
      value: (pair) => pair.judgement?.judged_at ?? null,
      show: (pair) => (pair.judgement ? when(pair.judgement.judged_at) : "–"),
      first: "down",
    },
  ];
}
