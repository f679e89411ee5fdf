import { type UseQueryResult, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { type Basis, type Overview, refresh, roundKey } from "../../api/agreement";
import { asProblem } from "../../api/problem";
import type { Job } from "../../api/types";
import { asSentence } from "../../components/Failed";
import { useLiveJob } from "../../jobs/live";
import { isOpen } from "../../jobs/state";
import { AT_FIRST, asksIn, type Freshness, freshness, type News } from "./freshness";

export interface Computing {
  readonly known: Freshness;
  readonly job: Job | undefined;
  /** Asks by hand, after a failure. */
  readonly askAgain: () => void;
}

/**
 * Keeps the figures of a page fresh: asks for what is missing or stale, follows the job and reads again when it ends.
 * What is shown meanwhile stays.
 */
export function useFreshness(round: string, basis: Basis, overview: UseQueryResult<Overview>): Computing {
  const queries = useQueryClient();
  const [known, tell] = useReducer(freshness, AT_FIRST);
  const key = JSON.stringify([round, basis]);
  const [of, setOf] = useState(key);
  if (of !== key) {
    setOf(key);
    tell({ kind: "other" });
  }

  const found = overview.isPlaceholderData ? undefined : overview.data;
  const { dataUpdatedAt: readAt } = overview;
  useEffect(() => {
    if (found && readAt) tell({ kind: "read", job: found.job_id });
  }, [found, readAt]);

  const current = useRef(key);
  useEffect(() => {
    current.current = key;
  }, [key]);
  const ask = useCallback(() => {
    const [asked, chosen] = JSON.parse(key) as [string, Basis];
    // An answer that comes when other figures are looked at is not about these.
    const hear = (news: News) => {
      if (current.current === key) tell(news);
    };
    tell({ kind: "asking", at: Date.now() });
    refresh(asked, chosen).then(
      (job) => hear({ kind: "answered", job }),
      // A service that does not answer is asked again in a while, a refusal is not.
      (error) =>
        hear(
          asProblem(error).status === 0
            ? { kind: "answered", job: null }
            : { kind: "refused", sentence: asSentence(error) },
        ),
    );
  }, [key]);

  const sign = found?.classes.map((each) => `${each.position} ${each.state} ${each.computed_at}`).join();
  const last = useRef<string>(undefined);
  useEffect(() => {
    const before = last.current;
    last.current = sign;
    if (!before || before === sign) return;
    // Whoever had them computed: what belongs to the figures is read again with them.
    const beside = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[2] !== "overview";
    void queries.invalidateQueries({ queryKey: roundKey(round), predicate: beside });
  }, [sign, queries, round]);

  const wait = found ? asksIn(known, found.classes, Date.now()) : null;
  useEffect(() => {
    if (wait === null) return;
    const timer = setTimeout(ask, wait);
    return () => clearTimeout(timer);
  }, [wait, ask]);

  const { data: job } = useLiveJob(known.job);
  useEffect(() => {
    if (!job || isOpen(job.state)) return;
    tell({ kind: "ended", job });
    void queries.invalidateQueries({ queryKey: [...roundKey(round), "overview"] });
  }, [job, queries, round]);
  return { known, job: known.job ? job : undefined, askAgain: ask };
}
