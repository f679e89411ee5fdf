// @vitest-environment jsdom
import { QueryClient } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { workersQuery } from "./jobs";
import { roundQuery, roundsQuery } from "./namings";

afterEach(() => vi.unstubAllGlobals());

test.each([
  ["the rounds of a project", roundsQuery("p")],
  ["a round", roundQuery("r")],
  ["the workers", workersQuery],
])("reading %s again and again does not keep a session alive", async (_, query) => {
  const asked: Request[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    asked.push(request);
    return new Response("{}", { headers: { "Content-Type": "application/json" } });
  });

  await new QueryClient().fetchQuery(query as typeof workersQuery);

  expect(query.refetchInterval).toBeGreaterThan(0);
  expect(asked.map((each) => each.headers.get("X-Background"))).toEqual(["1"]);
});
