import { useQuery } from "@tanstack/react-query";
import { type OverviewClass, type Pairs, pairsQuery } from "../../api/agreement";
import { Empty } from "../../components/Empty";
import { Notice } from "../../components/Notice";
import styles from "./Agreement.module.css";
import { OfClass, Read } from "./ClassPart";
import { DisputesCard } from "./DisputesCard";
import { InView } from "./InView";
import { MatrixCard } from "./MatrixCard";
import { PairCard } from "./PairCard";
import { PairsTable } from "./PairsTable";
import { pairOf } from "./pairFigures";
import { useRound } from "./round";
import { type PairsSearch, useHere } from "./search";

/** A class: every two annotators, one pair's matching, and the maps behind its edges. */
export function PairsPage() {
  return <OfClass>{(of) => <OfOneClass key={of.position} of={of} />}</OfClass>;
}

function OfOneClass({ of }: { of: OverviewClass }) {
  const { round, basis } = useRound();
  const pairs = useQuery(pairsQuery(round, basis, of.position));
  return <Read found={pairs}>{(found) => <Content of={of} pairs={found} />}</Read>;
}

function Content({ of, pairs }: { of: OverviewClass; pairs: Pairs }) {
  const { search } = useHere<PairsSearch>();
  const pair = pairOf(pairs.pairs, search.a, search.b);
  if (!pair) {
    return (
      <Empty title="No two annotators yet">
        Only {pairs.annotators.map(({ annotator }) => annotator).join(", ")} has a board that counts in this
        class. A second annotator makes a pair.
      </Empty>
    );
  }
  const asked = [search.a, search.b].filter((name) => name !== undefined);
  const isAsked = asked.every((name) => name === pair.a || name === pair.b);
  return (
    <>
      {isAsked ? null : (
        <Notice tone="careful">
          {asked.join(" and ")} are no pair that counts here; shown is the pair that agrees least.
        </Notice>
      )}
      <div className={styles.two}>
        <MatrixCard of={of} pairs={pairs} chosen={pair} />
        <InView of={`${pair.a} ${pair.b}`}>
          <PairCard of={of} pairs={pairs} pair={pair} />
        </InView>
      </div>
      <PairsTable of={of} pairs={pairs.pairs} />
      <DisputesCard of={of} />
    </>
  );
}
