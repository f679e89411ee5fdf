import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { dataSetQuery } from "../../api/dataSets";
import { asProblem } from "../../api/problem";
import type { DataSetDetail } from "../../api/types";
import { useShownProject } from "../../app/project";
import { Failed } from "../../components/Failed";
import { count, percent } from "../../components/format";
import { Notice } from "../../components/Notice";
import { Card, Fact, Facts, type Help, Page } from "../../components/Page";
import { Loading } from "../../components/Skeleton";
import type { Column } from "../../components/table/column";
import { Table } from "../../components/table/Table";
import { JobCard } from "../../jobs/JobCard";
import { useLiveJob } from "../../jobs/live";
import { NotFoundPage } from "../not-found/NotFoundPage";
import { type CountRow, countRows, sumOf } from "./counts";
import styles from "./DataSets.module.css";
import { ImageGrid } from "./ImageGrid";
import { Report, reportSentence } from "./Report";

const HELP: Help = [
  "Counts, images and the report of one import.",
  "Images for testing are never used to train anything; every figure of a run comes from them.",
  "The report lists what was skipped, with the reason, so that you can mend the archive and import it again.",
];

export function DataSetPage() {
  const { dataSet: id } = useParams({ strict: false }) as { dataSet: string };
  const found = useQuery(dataSetQuery(id));
  useShownProject(found.data?.project_id);
  if (found.isError && asProblem(found.error).status === 404) return <NotFoundPage />;
  return (
    <Page title={found.data?.name ?? "Data set"} above={<Link to="/data-sets">Data sets</Link>} help={HELP}>
      {found.isPending ? <Loading height={120} count={3} /> : null}
      {found.isError ? <Failed error={found.error} retry={() => void found.refetch()} /> : null}
      {found.data ? <Content set={found.data} /> : null}
    </Page>
  );
}

function Content({ set }: { set: DataSetDetail }) {
  const queries = useQueryClient();
  const job = useLiveJob(set.state === "finished" ? null : set.job_id, () => {
    void queries.invalidateQueries({ queryKey: dataSetQuery(set.id).queryKey });
    void queries.invalidateQueries({ queryKey: ["data-sets"] });
  });
  if (set.state !== "finished") {
    return job.data ? <JobCard job={job.data} here /> : <Loading height={96} />;
  }
  return (
    <>
      <Summary set={set} />
      <Card flush title="Images by label">
        <Table
          caption="Images by label"
          hideCaption
          columns={set.blinded ? COLUMNS.filter((column) => column.key !== "fine") : COLUMNS}
          rows={countRows(set.counts)}
          rowKey={(row) => row.key}
          file={`${set.name} counts`}
        />
      </Card>
      <Report id={set.id} reported={set.reported} />
      <ImageGrid set={set} />
    </>
  );
}

function importSentence({ reported, ignored_columns: ignored }: DataSetDetail): string {
  const columns =
    ignored.length > 0 ? ` Columns of the table that say nothing here: ${ignored.join(", ")}.` : "";
  return `${reportSentence(reported)}${columns}`;
}

function Summary({ set }: { set: DataSetDetail }) {
  const all = sumOf(set.counts);
  const test = sumOf(set.counts, "test");
  const groups = set.groups;
  return (
    <Card>
      <Facts>
        <Fact value={count(all)} of="images" />
        <Fact value={count(test)} of={`for testing, ${percent(all ? test / all : null)} of ${count(all)}`} />
        <Fact value={count(set.images_with_mask)} of={`have a mask, of ${count(all)}`} />
        {groups ? <Fact value={count(groups.count)} of="groups of images of one object" /> : null}
      </Facts>
      {set.note ? <p className={styles.under}>{set.note}</p> : null}
      <p className={`${styles.under} ${styles.quiet}`}>{importSentence(set)}</p>
      {groups && groups.on_both_sides > 0 ? (
        <div className={styles.under}>
          <Notice tone="careful">
            {count(groups.on_both_sides)} of {count(groups.count)} groups lie on both sides of the split.
            Figures on the test images will look better than they are; import again and divide by group.
          </Notice>
        </div>
      ) : null}
      {set.blinded ? (
        <div className={styles.under}>
          <Notice>Fine labels and file names are hidden while you have an open board.</Notice>
        </div>
      ) : null}
    </Card>
  );
}

const COLUMNS: readonly Column<CountRow>[] = [
  { key: "label", title: "Label", value: (row) => row.label },
  { key: "fine", title: "Fine label", value: (row) => row.fine },
  {
    key: "train",
    title: "For training",
    align: "right",
    value: (row) => row.train,
    show: (row) => count(row.train),
  },
  {
    key: "test",
    title: "For testing",
    align: "right",
    value: (row) => row.test,
    show: (row) => count(row.test),
  },
  {
    key: "all",
    title: "Together",
    align: "right",
    value: (row) => row.train + row.test,
    show: (row) => count(row.train + row.test),
  },
];
