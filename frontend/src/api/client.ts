import createClient from "openapi-fetch";
import { problemOf } from "./problem";
import type { paths } from "./schema";
import { transport } from "./transport";

/** Calls to the service, typed from its own description of itself. */
export const client = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? "",
  fetch: (request) => transport(request),
});

/** For what pages read by themselves, again and again: it does not keep a session alive. */
export const QUIETLY = { headers: { "X-Background": "1" } } as const;

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a successful answer; a refusal is thrown as a `Problem`. */
export async function answer<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw problemOf(response.status, error);
  return data as T;
}
