import { type QueryClient, queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { answer, client } from "./client";
import { Problem } from "./problem";
import type { Me } from "./types";

/** Who is signed in; null where nobody is. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return await answer(client.GET("/api/me", { signal }));
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

/** Who is signed in, on pages that only signed-in people reach. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(meQuery);
  if (!data)
    throw new Problem({
      title: "Not signed in",
      status: 401,
      code: "not_signed_in",
      detail: "Sign in to go on.",
    });
  return data;
}

export function signIn(email: string, password: string): Promise<Me> {
  return answer(client.POST("/api/sign-in", { body: { email, password } }));
}

export async function signOut(queries: QueryClient): Promise<void> {
  await answer(client.POST("/api/sign-out"));
  queries.clear();
}
