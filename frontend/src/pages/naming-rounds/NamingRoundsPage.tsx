import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { roundsQuery } from "../../api/namings";
import type { NamingRound } from "../../api/types";
import { hasRole, useProject } from "../../app/project";
import { Empty } from "../../components/Empty";
import { Failed } from "../../components/Failed";
import { count, many, when } from "../../components/format";
import { LinkButton } from "../../components/LinkButton";
import { Tag } from "../../components/Notice";
import { Card, type Help, Page } from "../../components/Page";
import { Loading } from "../../components/Skeleton";
import type { Column } from "../../components/table/column";
import { Table, WithNote } from "../../components/table/Table";
import { agreementLink } from "./agreementLink";
import { placedColumn } from "./placedColumn";
import { stateOf } from "./progress";

const HELP: Help = [
  "In a naming round several people name the same maps, each on boards of their own.",
  "Choose a run, its classes and the people; each of them finds the boards under “Boards”.",
  "As soon as two people have named, the agreement says where they mean the same.",
];

const COLUMNS: readonly Column<NamingRound>[] = [
  {
    key: "name",
    title: "Name",
    value: (row) => row.name,
    show: (row) => (
      <WithNote note={row.run_name}>
        <Link to="/naming-rounds/$round" params={{ round: row.id }}>
          {row.name}
        </Link>
      </WithNote>
    ),
    extra: [{ title: "Run", value: (row) => row.run_name }],
  },
  {
    key: "state",
    title: "State",
    value: (row) => stateOf(row).word,
    show: (row) => <Tag tone={stateOf(row).tone}>{stateOf(row).word}</Tag>,
  },
  {
    key: "annotators",
    title: "Annotators",
    align: "right",
    value: (row) => row.annotators.length,
    show: (row) => (
      <WithNote note={many(row.classes.length, "class", "classes")}>{count(row.annotators.length)}</WithNote>
    ),
    extra: [{ title: "Classes", value: (row) => row.classes.length }],
  },
  {
    key: "finished",
    title: "Boards finished",
    align: "right",
    value: (row) => row.progress.complete,
    show: (row) => `${count(row.progress.complete)} of ${count(row.progress.boards)}`,
    extra: [{ title: "Boards", value: (row) => row.progress.boards }],
  },
  placedColumn({
    key: "placed",
    title: "Placed",
    about: "Maps that are named or discarded, of all maps on boards",
    extra: [
      { title: "Placed, k", value: (row) => row.progress.placed },
      { title: "Placed, n", value: (row) => row.progress.total },
    ],
  }),
  {
    key: "created",
    title: "Made",
    value: (row) => row.created_at,
    show: (row) => when(row.created_at),
    first: "down",
  },
  {
    key: "agreement",
    title: "Agreement",
    fixed: true,
    value: () => null,
    show: (row) => (
      <Link to={agreementLink(row.id)} aria-label={`Agreement of ${row.name}`}>
        Show
      </Link>
    ),
  },
];

export function NamingRoundsPage() {
  const project = useProject();
  const start = hasRole(project, "researcher") ? (
    <LinkButton to="/naming-rounds/new" look="main">
      New naming round
    </LinkButton>
  ) : null;
  return (
    <Page
      title="Naming rounds"
      help={HELP}
      actions={
        <>
          <LinkButton to="/judgements">Judge names</LinkButton>
          {start}
        </>
      }
    >
      {project ? <List project={project.id} start={start} /> : null}
    </Page>
  );
}

function List({ project, start }: { project: string; start: ReactNode }) {
  const rounds = useQuery(roundsQuery(project));
  if (rounds.isPending) return <Loading height={48} count={4} />;
  if (rounds.isError) return <Failed error={rounds.error} retry={() => void rounds.refetch()} />;
  if (rounds.data.items.length === 0) {
    return (
      <Empty title="No naming round yet" action={start}>
        A naming round puts the maps of a finished run before several people. When they have named them, you
        see where they agree, and over what they do not.
      </Empty>
    );
  }
  const fileColumns = COLUMNS.filter((column) => column.key !== "agreement");
  return (
    <Card flush>
      <Table
        caption="Naming rounds"
        hideCaption
        columns={COLUMNS}
        fileColumns={fileColumns}
        rows={rounds.data.items}
        rowKey={(row) => row.id}
        file="naming rounds"
      />
    </Card>
  );
}
