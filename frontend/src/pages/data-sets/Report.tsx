import { useInfiniteQuery } from "@tanstack/react-query";
import { reportQuery } from "../../api/dataSets";
import type { ReportLine } from "../../api/types";
import { Button } from "../../components/Button";
import { Failed } from "../../components/Failed";
import { many } from "../../components/format";
import { Tag } from "../../components/Notice";
import { Card } from "../../components/Page";
import { Loading } from "../../components/Skeleton";
import type { Column } from "../../components/table/column";
import { Table } from "../../components/table/Table";

interface ReportProps {
  id: string;
  reported: Partial<Record<ReportLine["kind"], number>>;
}

const KINDS: Record<ReportLine["kind"], { word: string; tone: "wrong" | "plain" | "careful" }> = {
  unreadable: { word: "Skipped", tone: "wrong" },
  duplicate: { word: "Known already", tone: "plain" },
  ignored: { word: "Left out", tone: "plain" },
  remark: { word: "Remark", tone: "careful" },
};

const COLUMNS: readonly Column<ReportLine>[] = [
  { key: "file", title: "File", value: (row) => row.file_name },
  {
    key: "kind",
    title: "What happened",
    value: (row) => KINDS[row.kind].word,
    show: (row) => <Tag tone={KINDS[row.kind].tone}>{KINDS[row.kind].word}</Tag>,
  },
  { key: "reason", title: "Reason", value: (row) => row.reason },
];

/** What was skipped, in numbers: "3 files skipped, 12 known already". */
export function reportSentence(reported: ReportProps["reported"]): string {
  const parts = [
    reported.unreadable
      ? `${many(reported.unreadable, "file")} could not be read and ${reported.unreadable === 1 ? "was" : "were"} skipped`
      : "",
    reported.duplicate
      ? `${many(reported.duplicate, "file")} came twice and ${reported.duplicate === 1 ? "is" : "are"} kept once`
      : "",
    reported.ignored
      ? `${many(reported.ignored, "file")} ${reported.ignored === 1 ? "is no image" : "are no images"} of the data set`
      : "",
    reported.remark ? many(reported.remark, "remark") : "",
  ].filter(Boolean);
  const sentence = parts.join(", ");
  return sentence ? `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.` : "Every file was imported.";
}

export function Report({ id, reported }: ReportProps) {
  const some = Object.values(reported).some((each) => each > 0);
  const lines = useInfiniteQuery({ ...reportQuery(id), enabled: some });
  if (!some) return null;
  return (
    <Card flush title="Report of the import" lead={reportSentence(reported)}>
      {lines.isPending ? <Loading height={40} count={3} /> : null}
      {lines.isError ? <Failed error={lines.error} retry={() => void lines.refetch()} /> : null}
      {lines.data ? (
        <Table
          caption="Files that were not imported as they are"
          hideCaption
          columns={COLUMNS}
          rows={lines.data.pages.flatMap((page) => page.items)}
          rowKey={(row) => `${row.kind} ${row.file_name} ${row.reason}`}
          file="report of the import"
        />
      ) : null}
      {lines.hasNextPage ? (
        <Button look="quiet" busy={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
          Show more
        </Button>
      ) : null}
    </Card>
  );
}
