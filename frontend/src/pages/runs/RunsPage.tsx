import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { runsQuery } from "../../api/runs";
import type { JobState, Run } from "../../api/types";
import { hasRole, useProject } from "../../app/project";
import { Empty } from "../../components/Empty";
import { Failed } from "../../components/Failed";
import { when } from "../../components/format";
import { LinkButton } from "../../components/LinkButton";
import { Tag } from "../../components/Notice";
import { Card, type Help, Page } from "../../components/Page";
import { Loading } from "../../components/Skeleton";
import type { Column } from "../../components/table/column";
import { Table } from "../../components/table/Table";
import { stateOf, type Tone } from "../../jobs/state";

const HELP: Help = [
  "A run finds, for each class, the few X-features its score rests on, and draws where each of them looks.",
  "A run never changes; other settings make another run.",
  "When a run is finished its maps can be put on boards, where people group and name them.",
];

/** The state of a run in a word; a finished run may still wait for the researcher. */
export function runState(run: Pick<Run, "state" | "needs_choice">): { word: string; tone: Tone } {
  if (run.state === "finished") {
    return run.needs_choice
      ? { word: "Needs your choice", tone: "careful" }
      : { word: "Ready", tone: "good" };
  }
  return stateOf({ state: run.state as JobState, cancel_requested: false });
}

const COLUMNS: readonly Column<Run>[] = [
  {
    key: "name",
    title: "Name",
    value: (row) => row.name,
    show: (row) => (
      <Link to="/runs/$run" params={{ run: row.id }}>
        {row.name}
      </Link>
    ),
  },
  { key: "classifier", title: "Classifier", value: (row) => row.classifier.name },
  { key: "data", title: "Data set", value: (row) => row.data_set.name },
  {
    key: "state",
    title: "State",
    value: (row) => runState(row).word,
    show: (row) => {
      const { word, tone } = runState(row);
      return <Tag tone={tone}>{word}</Tag>;
    },
  },
  { key: "maps", title: "Maps on boards", value: (row) => row.variant },
  {
    key: "created",
    title: "Made",
    value: (row) => row.created_at,
    show: (row) => when(row.created_at),
    first: "down",
  },
];

export function RunsPage() {
  const project = useProject();
  const start = hasRole(project, "researcher") ? (
    <LinkButton to="/runs/new" look="main">
      New run
    </LinkButton>
  ) : null;
  return (
    <Page title="Runs" help={HELP} actions={start}>
      {project ? <List project={project.id} start={start} /> : null}
    </Page>
  );
}

function List({ project, start }: { project: string; start: ReactNode }) {
  const runs = useQuery(runsQuery(project));
  if (runs.isPending) return <Loading height={48} count={4} />;
  if (runs.isError) return <Failed error={runs.error} retry={() => void runs.refetch()} />;
  if (runs.data.items.length === 0) {
    return (
      <Empty title="No run yet" action={start}>
        A run needs a classifier. It says what the classifier’s decisions rest on, and makes the maps for the
        boards.
      </Empty>
    );
  }
  return (
    <Card flush>
      <Table caption="Runs" hideCaption columns={COLUMNS} rows={runs.data.items} rowKey={(row) => row.id} />
    </Card>
  );
}
