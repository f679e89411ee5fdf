import { QueryClient } from "@tanstack/react-query";
import { Problem } from "../api/problem";

/** A refusal is an answer and not worth asking again; a service that does not answer is. */
function askAgain(failures: number, error: Error): boolean {
  const worth =
    error instanceof Problem && (error.status === 0 || error.status === 503 || error.status === 502);
  return worth && failures < 3;
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // "always": without a network it is said that the service does not answer, instead of waiting in silence.
      queries: { retry: askAgain, staleTime: 5_000, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
