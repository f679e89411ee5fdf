import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { BoardsMade, Examples, Namer, NewRun, PageOf, Run, RunDetail, Variant } from "./types";

export const runsQuery = (project: string) =>
  queryOptions({
    queryKey: ["runs", project],
    queryFn: ({ signal }): Promise<PageOf<Run>> =>
      answer(client.GET("/api/runs", { params: { query: { project, limit: 200 } }, signal })),
  });

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ["run", id],
    queryFn: ({ signal }): Promise<RunDetail> =>
      answer(client.GET("/api/runs/{run_id}", { params: { path: { run_id: id } }, signal })),
  });

export const examplesQuery = (id: string) =>
  queryOptions({
    queryKey: ["run", id, "examples"],
    queryFn: ({ signal }): Promise<Examples> =>
      answer(client.GET("/api/runs/{run_id}/examples", { params: { path: { run_id: id } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });

export function startRun(asked: NewRun): Promise<{ run_id: string; job_id: string }> {
  return answer(client.POST("/api/runs", { body: asked }));
}

export function chooseVariant(id: string, variant: Variant): Promise<RunDetail> {
  return answer(
    client.POST("/api/runs/{run_id}/variant", { params: { path: { run_id: id } }, body: { variant } }),
  );
}

/** Makes a naming round with a board for each of these classes (null = all); boards belong to whoever asks. */
export function makeBoards(id: string, classes: number[] | null): Promise<BoardsMade> {
  return answer(
    client.POST("/api/runs/{run_id}/boards", { params: { path: { run_id: id } }, body: { classes } }),
  );
}

/** The annotators of a run whose names may be shown to the person who asks. */
export const namersQuery = (id: string) =>
  queryOptions({
    queryKey: ["run", id, "namers"],
    queryFn: ({ signal }): Promise<Namer[]> =>
      answer(client.GET("/api/runs/{run_id}/namers", { params: { path: { run_id: id } }, signal })),
  });
