import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { Member, People, Role } from "./types";

export const peopleQuery = (project: string) =>
  queryOptions({
    queryKey: ["people", project],
    queryFn: ({ signal }): Promise<People> =>
      answer(
        client.GET("/api/projects/{project_id}/people", {
          params: { path: { project_id: project } },
          signal,
        }),
      ),
  });

/** No role at all takes the person out of the project. */
export function setRoles(project: string, account: string, roles: Role[]): Promise<Member[]> {
  return answer(
    client.PUT("/api/projects/{project_id}/people/{account_id}/roles", {
      params: { path: { project_id: project, account_id: account } },
      body: { roles },
    }),
  );
}

/** The link is in this answer alone. */
export function invite(project: string, role: Role, note: string): Promise<{ id: string; link: string }> {
  return answer(
    client.POST("/api/projects/{project_id}/invitations", {
      params: { path: { project_id: project } },
      body: { role, note },
    }),
  );
}

export function withdrawInvitation(id: string): Promise<unknown> {
  return answer(
    client.DELETE("/api/invitations/{invitation_id}", { params: { path: { invitation_id: id } } }),
  );
}
