import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { namingsFile, roundQuery } from "../../api/namings";
import { asProblem } from "../../api/problem";
import type { MyProject, NamingRoundDetail } from "../../api/types";
import { hasRole, useProject, useShownProject } from "../../app/project";
import { DownloadMenu, type Format } from "../../components/DownloadMenu";
import { Empty } from "../../components/Empty";
import { Failed } from "../../components/Failed";
import { count, many, percent, when } from "../../components/format";
import { LinkButton } from "../../components/LinkButton";
import { Card, Fact, Facts, type Help, Page } from "../../components/Page";
import { Loading } from "../../components/Skeleton";
import { saveBlob } from "../../components/table/download";
import { NotFoundPage } from "../not-found/NotFoundPage";
import { agreementLink } from "./agreementLink";
import { BoardMatrix } from "./BoardMatrix";
import { InviteButton } from "./Choosers";
import { GiveBoards } from "./GiveBoards";
import { share } from "./progress";
import { Texts } from "./Texts";

const HELP: Help = [
  "Who has done how much: each annotator has one board for each class, and places its maps by naming or discarding them.",
  "More people and classes can be given boards at any time; boards that are there stay as they are.",
  "The download holds every naming as it stands now, for the command “glossator agreement”.",
];

export function RoundPage() {
  const { round: id } = useParams({ strict: false }) as { round: string };
  const project = useProject();
  const found = useQuery(roundQuery(id));
  useShownProject(found.data?.project_id);
  if (found.isError && asProblem(found.error).status === 404) return <NotFoundPage />;
  const round = found.data;
  return (
    <Page
      title={round?.name ?? "Naming round"}
      above={<Link to="/naming-rounds">Naming rounds</Link>}
      lead={round ? <Lead round={round} /> : null}
      help={HELP}
      actions={
        round ? (
          <>
            <LinkButton to={agreementLink(round.id)} look="main">
              Agreement
            </LinkButton>
            <LinkButton to="/judgements" search={{ round: round.id }}>
              Judge names
            </LinkButton>
            <DownloadMenu formats={[namingsFormats(round)]} of={`namings of ${round.name}`} />
          </>
        ) : null
      }
    >
      {found.isPending ? <Loading height={120} count={3} /> : null}
      {found.isError ? <Failed error={found.error} retry={() => void found.refetch()} /> : null}
      {round ? <Content round={round} project={project} /> : null}
    </Page>
  );
}

function Lead({ round }: { round: NamingRoundDetail }) {
  return (
    <>
      Maps of{" "}
      <Link to="/runs/$run" params={{ run: round.run_id }}>
        {round.run_name}
      </Link>
      , made {when(round.created_at)}
    </>
  );
}

function namingsFormats(round: NamingRoundDetail): Format[] {
  const format = (label: string, completeOnly: boolean): Format => ({
    label,
    save: async () => saveBlob("namings.csv", await namingsFile(round.id, { completeOnly })),
  });
  return [format("Namings, all boards (CSV)", false), format("Namings, finished boards only (CSV)", true)];
}

function Content({ round, project }: { round: NamingRoundDetail; project: MyProject | null }) {
  const gives = hasRole(project, "researcher");
  const { progress } = round;
  const more =
    gives && project ? (
      <>
        <GiveBoards round={round} project={project} />
        <InviteButton project={project} />
      </>
    ) : null;
  if (round.boards.length === 0) {
    return (
      <Empty title="No boards yet" action={more}>
        Give boards to people, and here stands who has done how much.
      </Empty>
    );
  }
  return (
    <>
      <Card title="So far" actions={more}>
        <Facts>
          <Fact
            value={percent(share(progress), 0)}
            of={`placed, ${count(progress.placed)} of ${many(progress.total, "map")} on all boards`}
          />
          <Fact value={count(progress.complete)} of={`finished, of ${many(progress.boards, "board")}`} />
          <Fact value={count(progress.named)} of={`named, of ${count(progress.placed)} placed`} />
        </Facts>
      </Card>
      <BoardMatrix round={round} />
      <Texts round={round} mayEdit={gives} />
    </>
  );
}
