import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { InvitationLook, Me, SignInLink } from "./types";

export interface FirstSignIn {
  name?: string;
  email?: string;
  password?: string;
}

/** Looks at a link without using it up. */
export const signInLinkQuery = (token: string) =>
  queryOptions({
    queryKey: ["sign-in-link", token],
    queryFn: ({ signal }): Promise<SignInLink> =>
      answer(client.GET("/api/sign-in-links/{token}", { params: { path: { token } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Uses the link up and signs in. */
export function signInByLink(token: string, first: FirstSignIn): Promise<Me> {
  return answer(client.POST("/api/sign-in-links/{token}", { params: { path: { token } }, body: first }));
}

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ["invitation", token],
    queryFn: ({ signal }): Promise<InvitationLook> =>
      answer(client.GET("/api/invitations/{token}", { params: { path: { token } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });

export function acceptInvitation(token: string, first: FirstSignIn): Promise<Me> {
  return answer(client.POST("/api/invitations/{token}", { params: { path: { token } }, body: first }));
}
