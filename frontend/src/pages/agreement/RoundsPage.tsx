import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { roundsQuery } from "../../api/namings";
import { hasRole, useProject } from "../../app/project";
import { Empty } from "../../components/Empty";
import { Failed } from "../../components/Failed";
import { LinkButton } from "../../components/LinkButton";
import { type Help, Page } from "../../components/Page";
import { Loading } from "../../components/Skeleton";

const HELP: Help = [
  "Agreement is measured in a naming round: several annotators name the maps of the same classes on boards of their own.",
  "This page leads to the project’s newest round; another one can be chosen there.",
  "Without a round there is nothing to agree on yet: make one from a finished run.",
];

/** The project's newest naming round; without one, what to do. */
export function RoundsPage() {
  const project = useProject();
  const rounds = useQuery({ ...roundsQuery(project?.id ?? ""), enabled: project !== null });
  const newest = rounds.data?.items[0];
  if (newest) return <Navigate to="/agreement/$round" params={{ round: newest.id }} replace />;
  const start = hasRole(project, "researcher") ? (
    <LinkButton to="/naming-rounds/new" look="main">
      New naming round
    </LinkButton>
  ) : null;
  return (
    <Page title="Agreement" help={HELP}>
      {rounds.isPending && project ? <Loading height={240} /> : null}
      {rounds.isError ? <Failed error={rounds.error} retry={() => void rounds.refetch()} /> : null}
      {rounds.data ? (
        <Empty title="No naming round yet" action={start}>
          Here stands how far annotators agree on what the network looks at. It takes a naming round with at
          least two annotators: choose a run and its classes, give boards, and figures appear while people
          name.
        </Empty>
      ) : null}
    </Page>
  );
}
