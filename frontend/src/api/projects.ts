import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { Project } from "./types";

/** Projects of the signed-in person; with `deleted` those that can still be brought back. */
export const projectsQuery = (deleted: boolean) =>
  queryOptions({
    queryKey: ["projects", { deleted }],
    queryFn: ({ signal }): Promise<{ items: Project[]; next: string | null }> =>
      answer(client.GET("/api/projects", { params: { query: { deleted, limit: 200 } }, signal })),
  });

export function createProject(name: string): Promise<Project> {
  return answer(client.POST("/api/projects", { body: { name } }));
}

export function renameProject(id: string, name: string): Promise<Project> {
  return answer(
    client.PATCH("/api/projects/{project_id}", { params: { path: { project_id: id } }, body: { name } }),
  );
}

/** The typed name must be the project's. */
export function deleteProject(id: string, name: string): Promise<void> {
  return answer(
    client.DELETE("/api/projects/{project_id}", { params: { path: { project_id: id } }, body: { name } }),
  ) as Promise<void>;
}

export function restoreProject(id: string): Promise<Project> {
  return answer(client.POST("/api/projects/{project_id}/restore", { params: { path: { project_id: id } } }));
}
