import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { dataSetsQuery } from "../../api/dataSets";
import type { DataSet } from "../../api/types";
import { hasRole, useProject } from "../../app/project";
import { Empty } from "../../components/Empty";
import { Failed } from "../../components/Failed";
import { count, when } from "../../components/format";
import { LinkButton } from "../../components/LinkButton";
import { Tag } from "../../components/Notice";
import { Card, type Help, Page } from "../../components/Page";
import { Loading } from "../../components/Skeleton";
import type { Column } from "../../components/table/column";
import { Table } from "../../components/table/Table";
import { stateOf } from "../../jobs/state";

const HELP: Help = [
  "A data set is a collection of images with labels, divided into images for training and for testing.",
  "Explanations and boards always use test images.",
  "Open a data set to see its counts, its images, and the files that could not be read.",
];

const COLUMNS: readonly Column<DataSet>[] = [
  {
    key: "name",
    title: "Name",
    value: (row) => row.name,
    show: (row) => (
      <Link to="/data-sets/$dataSet" params={{ dataSet: row.id }}>
        {row.name}
      </Link>
    ),
  },
  {
    key: "state",
    title: "State",
    value: (row) => row.state,
    show: (row) => {
      const { word, tone } = stateOf({ state: row.state, cancel_requested: false });
      return <Tag tone={tone}>{row.state === "finished" ? "Ready" : word}</Tag>;
    },
  },
  {
    key: "images",
    title: "Images",
    align: "right",
    value: (row) => (row.state === "finished" ? row.images : null),
    show: (row) => (row.state === "finished" ? count(row.images) : "–"),
  },
  {
    key: "created",
    title: "Made",
    value: (row) => row.created_at,
    show: (row) => when(row.created_at),
    first: "down",
  },
];

export function DataSetsPage() {
  const project = useProject();
  const bring = hasRole(project, "researcher") ? (
    <LinkButton to="/data-sets/new" look="main">
      New data set
    </LinkButton>
  ) : null;
  return (
    <Page title="Data sets" help={HELP} actions={bring}>
      {project ? <List project={project.id} bring={bring} /> : null}
    </Page>
  );
}

function List({ project, bring }: { project: string; bring: React.ReactNode }) {
  const sets = useQuery(dataSetsQuery(project));
  if (sets.isPending) return <Loading height={48} count={4} />;
  if (sets.isError) return <Failed error={sets.error} retry={() => void sets.refetch()} />;
  if (sets.data.items.length === 0) {
    return (
      <Empty title="No data set yet" action={bring}>
        A zip file with one folder of pictures per label is enough to begin.
      </Empty>
    );
  }
  return (
    <Card flush>
      <Table
        caption="Data sets"
        hideCaption
        columns={COLUMNS}
        rows={sets.data.items}
        rowKey={(row) => row.id}
      />
    </Card>
  );
}
