import { useMemo, useRef, useState } from "react";
import type { MyProject, NamePair } from "../../api/types";
import { Empty } from "../../components/Empty";
import { Sentence } from "../../components/Failed";
import { count, many, percent } from "../../components/format";
import { LinkButton } from "../../components/LinkButton";
import { Card } from "../../components/Page";
import { ProgressBar } from "../../components/ProgressBar";
import { orderFrom, sorted } from "../../components/table/column";
import styles from "./Judgements.module.css";
import { currentOf, type Gesture, listed, progressOf, proposed, stepped } from "./judging";
import { MapsInCommon } from "./MapsInCommon";
import { PairCard } from "./PairCard";
import { PairTable, pairColumns } from "./PairTable";
import type { Search } from "./search";
import { useJudging } from "./useJudging";

const PLAIN_COLUMNS = pairColumns(null, () => undefined);

export interface JudgeProps {
  project: MyProject;
  pairs: readonly NamePair[];
  search: Search;
  change: (next: Search) => void;
}

/** One pair after the other before the analyst, and the list of all. */
export function Judge({ project, pairs, search, change }: JudgeProps) {
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
      gesture.kind === "judge" ? gesture.relation : gesture.kind === "confirm" ? proposed(current) : null;
    if (!relation) return;
    say(current, relation);
    setChosen(stepped(shown, current.id, 1));
  };

  return (
    <>
      <Progress pairs={pairs} />
      <Sentence error={error} />
      {current ? (
        <PairCard
          ref={card}
          pair={current}
          place={placeOf(shown, current)}
          canUndo={canUndo}
          act={act}
          maps={<MapsInCommon project={project.id} round={search.round} pair={current} />}
        />
      ) : (
        <Empty
          title={filter === "open" ? "Every pair is judged" : "No pair like this"}
          action={
            <LinkButton to={search.round ? `/agreement/${search.round}` : "/agreement"} look="main">
              See agreement
            </LinkButton>
          }
        >
          {filter === "open"
            ? "Nothing is left to say. What was judged stands under “Judged” and can be changed there."
            : "Choose another kind of pair, or another round."}
        </Empty>
      )}
      {current ? (
        <PairTable
          pairs={shown}
          current={current.id}
          choose={(id) => {
            setChosen(id);
            card.current?.focus();
          }}
          sort={search.sort}
          onSort={(sort) => change({ sort })}
        />
      ) : null}
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
