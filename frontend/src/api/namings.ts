import { queryOptions } from "@tanstack/react-query";
import { answer, client, QUIETLY } from "./client";
import { asProblem } from "./problem";
import type {
  MemberName,
  NamePair,
  NamingRound,
  NamingRoundDetail,
  NewNamingRound,
  PageOf,
  PairMaps,
  Relation,
} from "./types";

/** Rounds of a project, newest first; people name meanwhile, so it is read again now and then. */
export const roundsQuery = (project: string) =>
  queryOptions({
    queryKey: ["naming-rounds", project],
    queryFn: ({ signal }): Promise<PageOf<NamingRound>> =>
      answer(
        client.GET("/api/naming-rounds", {
          ...QUIETLY,
          params: { query: { project, limit: 200 } },
          signal,
        }),
      ),
    refetchInterval: 30_000,
  });

export const roundQuery = (id: string) =>
  queryOptions({
    queryKey: ["naming-round", id],
    queryFn: ({ signal }): Promise<NamingRoundDetail> =>
      answer(
        client.GET("/api/naming-rounds/{round_id}", {
          ...QUIETLY,
          params: { path: { round_id: id } },
          signal,
        }),
      ),
    refetchInterval: 15_000,
  });

/** Who can be given boards. */
export const membersQuery = (project: string) =>
  queryOptions({
    queryKey: ["members", project],
    queryFn: ({ signal }): Promise<MemberName[]> =>
      answer(
        client.GET("/api/projects/{project_id}/members", {
          params: { path: { project_id: project } },
          signal,
        }),
      ),
  });

export function makeRound(asked: NewNamingRound): Promise<NamingRoundDetail> {
  return answer(client.POST("/api/naming-rounds", { body: asked }));
}

export interface RoundTexts {
  name: string;
  instructions: string;
  class_notes: Record<string, string>;
  /** By account; for that annotator alone. */
  annotator_instructions: Record<string, string>;
}

export function describeRound(id: string, texts: RoundTexts): Promise<NamingRoundDetail> {
  return answer(
    client.PATCH("/api/naming-rounds/{round_id}", { params: { path: { round_id: id } }, body: texts }),
  );
}

/** Boards for these people, each with all of these classes; boards that are there stay. */
export function giveBoards(id: string, annotators: string[], classes: number[]): Promise<NamingRoundDetail> {
  return answer(
    client.POST("/api/naming-rounds/{round_id}/boards", {
      params: { path: { round_id: id } },
      body: { annotators, classes },
    }),
  );
}

/** The pairs of a project by round, so that all of them are read anew together. */
export const namePairsKey = (project: string) => ["judgements", project] as const;

/** All pairs of names that can matter; few enough for one list on the page. */
export const namePairsQuery = (project: string, round: string | undefined) =>
  queryOptions({
    queryKey: [...namePairsKey(project), round ?? null],
    queryFn: ({ signal }) => allPairs(project, round, signal),
  });

const READINGS = 3;

/** Page after page; from the first one again where the pair that a page ended with is gone meanwhile. */
async function allPairs(
  project: string,
  round: string | undefined,
  signal: AbortSignal,
): Promise<NamePair[]> {
  const pairs = new Map<string, NamePair>(); // one that moved meanwhile comes twice
  let after: string | null = null;
  for (let reading = 1; ; ) {
    try {
      const found: PageOf<NamePair> = await pairsAfter(after, project, round, signal);
      for (const pair of found.items) pairs.set(pair.id, pair);
      if (!found.next) return [...pairs.values()];
      after = found.next;
    } catch (error) {
      if (asProblem(error).code !== "cursor" || reading === READINGS) throw error;
      reading += 1;
      after = null;
      pairs.clear();
    }
  }
}

function pairsAfter(
  after: string | null,
  project: string,
  round: string | undefined,
  signal: AbortSignal,
): Promise<PageOf<NamePair>> {
  return answer(
    client.GET("/api/projects/{project_id}/judgements", {
      params: {
        path: { project_id: project },
        query: { limit: 2_000, ...(round ? { round } : {}), ...(after ? { after } : {}) },
      },
      signal,
    }),
  );
}

type Names = Pick<NamePair, "name_a" | "name_b">;

/** Some maps behind a pair, with where their pictures are. */
export const pairMapsQuery = (project: string, round: string | undefined, { name_a, name_b }: Names) =>
  queryOptions({
    queryKey: ["maps of a pair", project, round ?? null, name_a, name_b],
    queryFn: ({ signal }): Promise<PairMaps> =>
      answer(
        client.GET("/api/projects/{project_id}/judgements/maps", {
          params: {
            path: { project_id: project },
            query: { name_a, name_b, ...(round ? { round } : {}) },
          },
          signal,
        }),
      ),
    staleTime: 60_000,
  });

export function judge(project: string, { name_a, name_b }: Names, relation: Relation): Promise<unknown> {
  return answer(
    client.PUT("/api/projects/{project_id}/judgements", {
      params: { path: { project_id: project } },
      body: { name_a, name_b, relation },
    }),
  );
}

/** The pair is unjudged again. */
export function withdrawJudgement(project: string, { name_a, name_b }: Names): Promise<unknown> {
  return answer(
    client.DELETE("/api/projects/{project_id}/judgements", {
      params: { path: { project_id: project }, query: { name_a, name_b } },
    }),
  );
}

export interface NamingsChoice {
  readonly completeOnly: boolean;
}

/** The file that `glossator agreement` reads. */
export function namingsFile(round: string, { completeOnly }: NamingsChoice): Promise<Blob> {
  return answer(
    client.GET("/api/naming-rounds/{round_id}/namings.csv", {
      params: { path: { round_id: round }, query: { complete_only: completeOnly } },
      parseAs: "blob",
    }),
  ) as Promise<Blob>;
}

/** What was said about names, as `glossator agreement --judgements` reads it. */
export function judgementsFile(project: string): Promise<Blob> {
  return answer(
    client.GET("/api/projects/{project_id}/judgements.csv", {
      params: { path: { project_id: project } },
      parseAs: "blob",
    }),
  ) as Promise<Blob>;
}
