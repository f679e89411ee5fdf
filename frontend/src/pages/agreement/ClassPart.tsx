import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { OverviewClass } from "../../api/agreement";
import { asProblem } from "../../api/problem";
import { Empty } from "../../components/Empty";
import { Failed } from "../../components/Failed";
import { Loading } from "../../components/Skeleton";
import styles from "./Agreement.module.css";
import { boardNotes } from "./figures";
import { classOf, useRound } from "./round";
import { useHere, useInLink } from "./search";

/** The class that is looked at, or what stands in its place while there is none. */
export function OfClass({ children }: { children: (of: OverviewClass) => ReactNode }) {
  const { overview } = useRound();
  const { search } = useHere();
  const of = classOf(overview.classes, search.class);
  const known = overview.classes.every((each) => each.figures);
  useInLink(of && known ? { class: of.position } : {});
  if (!of) {
    return (
      <Empty title="No board counts">
        No board of this class fits the choices above: take back “only finished ones”, or choose other
        annotators.
      </Empty>
    );
  }
  if (!of.figures) return <Loading height={280} count={2} />;
  const notes = boardNotes(of);
  return (
    <>
      {notes.length > 0 ? <p className={styles.boards}>{notes.join(" ")}</p> : null}
      {children(of)}
    </>
  );
}

/** What was read of a class; figures that are not computed yet are waited for. */
export function Read<T>({
  found,
  height = 280,
  children,
}: {
  found: UseQueryResult<T>;
  height?: number;
  children: (data: T) => ReactNode;
}) {
  if (found.data !== undefined) return children(found.data);
  if (found.isError && asProblem(found.error).code !== "not_computed") {
    return <Failed error={found.error} retry={() => void found.refetch()} />;
  }
  return <Loading height={height} />;
}
