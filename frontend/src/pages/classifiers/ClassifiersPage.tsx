import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { classifiersQuery } from "../../api/classifiers";
import type { Classifier } from "../../api/types";
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
  "A classifier is a trained network with its weights; Glossator explains it and never changes it.",
  "After the upload every image of its data set is classified, so that its accuracy is known.",
  "Open a classifier to see how often it is right, per class and with intervals.",
];

const COLUMNS: readonly Column<Classifier>[] = [
  {
    key: "name",
    title: "Name",
    value: (row) => row.name,
    show: (row) => (
      <Link to="/classifiers/$classifier" params={{ classifier: row.id }}>
        {row.name}
      </Link>
    ),
  },
  { key: "architecture", title: "Architecture", value: (row) => row.architecture_title },
  { key: "data", title: "Data set", value: (row) => row.data_set_name },
  {
    key: "classes",
    title: "Classes",
    align: "right",
    value: (row) => row.classes,
    show: (row) => count(row.classes),
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
    key: "created",
    title: "Made",
    value: (row) => row.created_at,
    show: (row) => when(row.created_at),
    first: "down",
  },
];

export function ClassifiersPage() {
  const project = useProject();
  const bring = hasRole(project, "researcher") ? (
    <LinkButton to="/classifiers/new" look="main">
      New classifier
    </LinkButton>
  ) : null;
  return (
    <Page title="Classifiers" help={HELP} actions={bring}>
      {project ? <List project={project.id} bring={bring} /> : null}
    </Page>
  );
}

function List({ project, bring }: { project: string; bring: ReactNode }) {
  const found = useQuery(classifiersQuery(project));
  if (found.isPending) return <Loading height={48} count={4} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (found.data.items.length === 0) {
    return (
      <Empty title="No classifier yet" action={bring}>
        Bring the weights of a network that was trained on one of your data sets.
      </Empty>
    );
  }
  return (
    <Card flush>
      <Table
        caption="Classifiers"
        hideCaption
        columns={COLUMNS}
        rows={found.data.items}
        rowKey={(row) => row.id}
      />
    </Card>
  );
}
