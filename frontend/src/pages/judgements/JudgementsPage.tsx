import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect } from "react";
import { judgementsFile, namePairsQuery } from "../../api/namings";
import { asProblem } from "../../api/problem";
import type { MyProject } from "../../api/types";
import { useProject } from "../../app/project";
import { DownloadMenu } from "../../components/DownloadMenu";
import { Empty } from "../../components/Empty";
import { Failed } from "../../components/Failed";
import { LinkButton } from "../../components/LinkButton";
import { type Help, Page } from "../../components/Page";
import { Loading } from "../../components/Skeleton";
import { saveBlob } from "../../components/table/download";
import { Filters } from "./Filters";
import { Judge, type JudgeProps } from "./Judge";
import type { Search } from "./search";
import { useSettled } from "./useJudging";

const HELP: Help = [
  "Two people rarely choose the same word: say of each pair whether both mean the same (exact), one is part of the other (subset), or neither.",
  "What you say counts in every round of the project, and can be changed or taken back at any time.",
  "A proposal is never counted by itself; pairs that nobody judged are shown as such on the agreement pages.",
];

export function JudgementsPage() {
  const project = useProject();
  return (
    <Page
      title="Judgements of names"
      above={<Link to="/naming-rounds">Naming rounds</Link>}
      help={HELP}
      actions={
        project ? (
          <DownloadMenu
            of="judgements"
            formats={[
              [
                {
                  label: "Judgements (CSV)",
                  save: async () => saveBlob("judgements.csv", await judgementsFile(project.id)),
                },
              ],
            ]}
          />
        ) : null
      }
    >
      {project ? <WithPairs key={project.id} project={project} /> : null}
    </Page>
  );
}

function WithPairs({ project }: { project: MyProject }) {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const isSettled = useSettled();
  const found = useQuery({
    ...namePairsQuery(project.id, search.round),
    refetchOnWindowFocus: isSettled,
    refetchOnReconnect: isSettled,
  });
  const change = useCallback(
    (next: Search) =>
      void navigate({
        to: ".",
        search: (before: Record<string, unknown>) => ({ ...before, ...next }),
        replace: true,
        resetScroll: false,
      } as never),
    [navigate],
  );
  const problem = found.isError ? asProblem(found.error) : null;
  // The link is of a round that is gone, or of another project that was looked at before.
  const isElsewhere = problem?.status === 404 && search.round !== undefined;
  useEffect(() => {
    if (isElsewhere) change({ round: undefined });
  }, [isElsewhere, change]);
  if (problem?.code === "blinded") {
    return (
      <Empty title="Hidden while you name" action={<LinkButton to="/boards">Your boards</LinkButton>}>
        {problem.message}
      </Empty>
    );
  }
  return (
    <>
      <Filters project={project.id} search={search} change={change} />
      {found.isPending || isElsewhere ? <Loading height={220} count={2} /> : null}
      {problem && !isElsewhere ? <Failed error={found.error} retry={() => void found.refetch()} /> : null}
      {found.data ? <Pairs project={project} pairs={found.data} search={search} change={change} /> : null}
    </>
  );
}

function Pairs(props: JudgeProps) {
  if (props.pairs.length > 0) return <Judge {...props} />;
  return (
    <Empty title="No pair of names yet" action={<LinkButton to="/naming-rounds">Naming rounds</LinkButton>}>
      Pairs appear when two people have named the same maps differently. Names that differ only in case or
      spaces need no judgement.
    </Empty>
  );
}
