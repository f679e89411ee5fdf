import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { judgementsFile, namePairsQuery, roundsQuery } from "../../api/namings";
import { asProblem } from "../../api/problem";
import type { MyProject, NamePair } from "../../api/types";
import { useProject } from "../../app/project";
import { DownloadMenu } from "../../components/DownloadMenu";
import { Empty } from "../../components/Empty";
import { Failed, Sentence } from "../../components/Failed";
import { SelectField } from "../../components/Field";
import { count, many, percent } from "../../components/format";
import { LinkButton } from "../../components/LinkButton";
import { Card, type Help, Page } from "../../components/Page";
import { ProgressBar } from "../../components/ProgressBar";
import { Segmented } from "../../components/Segmented";
import { Loading } from "../../components/Skeleton";
import { orderFrom, sorted } from "../../components/table/column";
import { saveBlob } from "../../components/table/download";
import styles from "./Judgements.module.css";
import { currentOf, FILTERS, type Filter, type Gesture, listed, progressOf, stepped } from "./judging";
import { PairCard } from "./PairCard";
import { PairTable, pairColumns } from "./PairTable";
import { useJudging } from "./useJudging";

const HELP: Help = [
  "Two people rarely choose the same word: say of each pair whether both mean the same (exact), one is part of the other (subset), or neither.",
  "What you say counts in every round of the project, and can be changed or taken back at any time.",
  "A proposal is never counted by itself; pairs that nobody judged are shown as such on the agreement pages.",
];

const ANY = "";
const PLAIN_COLUMNS = pairColumns(null, () => undefined);

interface Search {
  state?: Filter;
  round?: string;
  sort?: string;
}

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
      {project ? <WithPairs project={project} /> : null}
    </Page>
  );
}

function WithPairs({ project }: { project: MyProject }) {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const found = useQuery(namePairsQuery(project.id, search.round));
  const change = (next: Search) =>
    void navigate({
      to: ".",
      search: (before: Record<string, unknown>) => ({ ...before, ...next }),
      replace: true,
      resetScroll: false,
    } as never);
  if (found.isError && asProblem(found.error).code === "blinded") {
    return (
      <Empty title="Hidden while you name" action={<LinkButton to="/boards">Your boards</LinkButton>}>
        {asProblem(found.error).message}
      </Empty>
    );
  }
  if (found.isPending) return <Loading height={220} count={2} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  return (
    <>
      <Filters project={project.id} search={search} change={change} />
      {found.data.length === 0 ? (
        <Empty
          title="No pair of names yet"
          action={<LinkButton to="/naming-rounds">Naming rounds</LinkButton>}
        >
          Pairs appear when two people have named the same maps differently. Names that differ only in case or
          spaces need no judgement.
        </Empty>
      ) : (
        <Judge project={project} pairs={found.data} search={search} change={change} />
      )}
    </>
  );
}

interface FiltersProps {
  project: string;
  search: Search;
  change: (next: Search) => void;
}

function Filters({ project, search, change }: FiltersProps) {
  const rounds = useQuery(roundsQuery(project));
  return (
    <div className={styles.filters}>
      <Segmented
        label="Pairs"
        value={search.state ?? "open"}
        onValue={(state) => change({ state })}
        options={FILTERS}
      />
      <SelectField
        label="Naming round"
        value={search.round ?? ANY}
        onValue={(round) => change({ round: round || undefined } as Search)}
        options={[
          { value: ANY, label: "All rounds" },
          ...(rounds.data?.items ?? []).map((each) => ({ value: each.id, label: each.name })),
        ]}
      />
    </div>
  );
}

interface JudgeProps {
  project: MyProject;
  pairs: readonly NamePair[];
  search: Search;
  change: (next: Search) => void;
}

function Judge({ project, pairs, search, change }: JudgeProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const { say, undo, canUndo, error } = useJudging(project.id, search.round);
  const filter = search.state ?? "open";
  const shown = useMemo(
    () => sorted(listed(pairs, filter), PLAIN_COLUMNS, orderFrom(search.sort)),
    [pairs, filter, search.sort],
  );
  const current = currentOf(shown, chosen);
  const card = useRef<HTMLElement>(null);

  const act = (gesture: Gesture) => {
    if (gesture.kind === "undo") {
      const back = undo();
      if (back) setChosen(back);
      return;
    }
    if (!current) return;
    if (gesture.kind === "step") setChosen(stepped(shown, current.id, gesture.by));
    if (gesture.kind === "withdraw" && current.judgement) say(current, null);
    const relation =
      gesture.kind === "judge"
        ? gesture.relation
        : gesture.kind === "confirm"
          ? current.proposal.relation
          : null;
    if (!relation) return;
    say(current, relation);
    setChosen(stepped(shown, current.id, 1));
  };

  return (
    <>
      <Progress pairs={pairs} />
      <Sentence error={error} />
      {current ? (
        <PairCard ref={card} pair={current} place={placeOf(shown, current)} canUndo={canUndo} act={act} />
      ) : (
        <Empty
          title={filter === "open" ? "Every pair is judged" : "No pair like this"}
          action={<LinkButton to="/naming-rounds">Naming rounds</LinkButton>}
        >
          {filter === "open"
            ? "Nothing is left to say. What was judged stands under “Judged” and can be changed there."
            : "Choose another kind of pair, or another round."}
        </Empty>
      )}
      <PairTable
        pairs={shown}
        current={current?.id ?? null}
        choose={(id) => {
          setChosen(id);
          card.current?.focus();
        }}
        sort={search.sort}
        onSort={(sort) => change({ sort })}
      />
    </>
  );
}

function placeOf(pairs: readonly NamePair[], pair: NamePair): string {
  return `${count(pairs.indexOf(pair) + 1)} of ${count(pairs.length)}`;
}

/** How much is judged, by pairs and by the maps they share. */
function Progress({ pairs }: { pairs: readonly NamePair[] }) {
  const { judged, pairs: all, sharedJudged, shared } = progressOf(pairs);
  const share = shared === 0 ? null : sharedJudged / shared;
  const says = `${count(judged)} of ${many(all, "pair")} judged`;
  return (
    <Card>
      <div className={styles.progress}>
        <p>
          <b>{says}</b>
          {share === null
            ? ""
            : `, ${percent(share, 0)} of the maps in common (${count(sharedJudged)} of ${count(shared)})`}
        </p>
        <ProgressBar share={all === 0 ? null : judged / all} label={says} tone="good" />
      </div>
    </Card>
  );
}
