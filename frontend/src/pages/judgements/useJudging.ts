import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useMe } from "../../api/me";
import { judge, namePairsQuery, withdrawJudgement } from "../../api/namings";
import type { NamePair, Relation } from "../../api/types";
import { withJudgement } from "./judging";

interface Said {
  readonly pair: NamePair;
  readonly relation: Relation | null;
}

interface Judging {
  /** Says how two names are related, or takes back what was said; shown before the service has it. */
  say: (pair: NamePair, relation: Relation | null) => void;
  /** Takes the last step back and gives the pair it was about; null where there is none. */
  undo: () => string | null;
  canUndo: boolean;
  error: unknown;
}

export function useJudging(project: string, round: string | undefined): Judging {
  const me = useMe();
  const queries = useQueryClient();
  const { queryKey } = namePairsQuery(project, round);
  const [done, setDone] = useState<readonly Said[]>([]);
  const send = useMutation({
    // One after the other, so that the last word on a pair is the last to arrive.
    scope: { id: `judgements of ${project}` },
    mutationFn: ({ pair, relation }: Said) =>
      relation ? judge(project, pair, relation) : withdrawJudgement(project, pair),
    onMutate: async ({ pair, relation }: Said) => {
      await queries.cancelQueries({ queryKey });
      const said = withJudgement(pair, relation, me.account.name, new Date().toISOString());
      queries.setQueryData(queryKey, (pairs) => pairs?.map((each) => (each.id === pair.id ? said : each)));
    },
    onError: () => void queries.invalidateQueries({ queryKey: ["judgements", project] }),
  });
  return {
    say: (pair, relation) => {
      setDone([...done, { pair, relation: pair.judgement?.relation ?? null }]);
      send.mutate({ pair, relation });
    },
    undo: () => {
      const last = done.at(-1);
      if (!last) return null;
      setDone(done.slice(0, -1));
      send.mutate(last);
      return last.pair.id;
    },
    canUndo: done.length > 0,
    error: send.error,
  };
}
