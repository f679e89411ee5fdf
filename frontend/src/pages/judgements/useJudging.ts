import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useReducer, useRef } from "react";
import { useMe } from "../../api/me";
import { judge, namePairsKey, namePairsQuery, withdrawJudgement } from "../../api/namings";
import type { NamePair, Relation } from "../../api/types";
import { withJudgement } from "./judging";
import { NO_STEPS, type Sent, steps } from "./steps";

interface Judging {
  /** Says how two names are related, or takes back what was said; shown before the service has it. */
  say: (pair: NamePair, relation: Relation | null) => void;
  /** Takes the last step back and gives the pair it was about; null where there is none. */
  undo: () => string | null;
  canUndo: boolean;
  error: unknown;
}

const mutationKey = ["judge"] as const;

/** Pairs are not read while judgements are on their way: the answer would not know of them. */
export function useSettled(): () => boolean {
  const queries = useQueryClient();
  return () => queries.isMutating({ mutationKey }) === 0;
}

export function useJudging(project: string, round: string | undefined): Judging {
  const me = useMe();
  const queries = useQueryClient();
  const { queryKey } = namePairsQuery(project, round);
  const [{ done, error }, tell] = useReducer(steps, NO_STEPS);
  const last = useRef(0);
  const put = (pair: NamePair) =>
    queries.setQueryData(queryKey, (pairs) => pairs?.map((each) => (each.id === pair.id ? pair : each)));
  const post = useMutation({
    mutationKey,
    // One after the other, so that the last word on a pair is the last to arrive.
    scope: { id: `judgements of ${project}` },
    mutationFn: (sent: Sent) => {
      const { pair } = sent.step;
      const relation = wordOf(sent);
      return relation ? judge(project, pair, relation) : withdrawJudgement(project, pair);
    },
    onMutate: async (sent) => {
      await queries.cancelQueries({ queryKey });
      const at = new Date().toISOString();
      const before = queries.getQueryData(queryKey)?.find((each) => each.id === sent.step.pair.id);
      if (before) put(withJudgement(before, wordOf(sent), me.account.name, at));
      return before;
    },
    // What was shown and is not true is taken back at once: the service may not be there to be asked.
    onError: (problem, sent, before) => {
      if (before) put(before);
      tell({ kind: "refused", sent, error: problem });
    },
    onSettled: () => {
      const isLast = queries.isMutating({ mutationKey }) === 1;
      if (isLast) void queries.invalidateQueries({ queryKey: namePairsKey(project) });
    },
  });
  const send = (sent: Sent) => {
    tell({ kind: "sent", sent });
    post.mutate(sent);
  };
  return {
    say: (pair, relation) => {
      last.current += 1;
      const before = pair.judgement?.relation ?? null;
      send({ step: { id: last.current, pair, relation, before }, back: false });
    },
    undo: () => {
      const step = done.at(-1);
      if (!step) return null;
      send({ step, back: true });
      return step.pair.id;
    },
    canUndo: done.length > 0,
    error,
  };
}

function wordOf({ step, back }: Sent): Relation | null {
  return back ? step.before : step.relation;
}
