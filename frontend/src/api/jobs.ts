import { queryOptions } from "@tanstack/react-query";
import { answer, client, QUIETLY } from "./client";
import type { Job, PageOf, Workers } from "./types";

export const jobsQuery = (project: string) =>
  queryOptions({
    queryKey: ["jobs", project],
    queryFn: ({ signal }): Promise<PageOf<Job>> =>
      answer(client.GET("/api/jobs", { params: { query: { project } }, signal })),
  });

export function olderJobs(project: string, after: string): Promise<PageOf<Job>> {
  return answer(client.GET("/api/jobs", { params: { query: { project, after } } }));
}

export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: ["job", id],
    queryFn: ({ signal }): Promise<Job> =>
      answer(client.GET("/api/jobs/{job_id}", { params: { path: { job_id: id } }, signal })),
  });

export const workersQuery = queryOptions({
  queryKey: ["workers"],
  queryFn: ({ signal }): Promise<Workers> => answer(client.GET("/api/workers", { ...QUIETLY, signal })),
  refetchInterval: 15_000,
});

export function cancelJob(id: string): Promise<Job> {
  return answer(client.POST("/api/jobs/{job_id}/cancel", { params: { path: { job_id: id } } }));
}

export function retryJob(id: string): Promise<Job> {
  return answer(client.POST("/api/jobs/{job_id}/retry", { params: { path: { job_id: id } } }));
}
