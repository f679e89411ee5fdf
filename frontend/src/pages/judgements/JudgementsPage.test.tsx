import { QueryClient } from "@tanstack/react-query";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import type { NamePair } from "../../api/types";
import { renderPage } from "../../testing/render";
import { JudgementsPage } from "./JudgementsPage";

const ROUND = "7d3c1f0a-0000-4000-8000-000000000001";

function pair(id: string, name_a: string, name_b: string): NamePair {
  const proposal = { relation: "none", reason: "no word in common" } as const;
  return { id, name_a, name_b, shared: 3, state: "unjudged", judgement: null, proposal };
}

/** A service that keeps judgements; a test may make it answer otherwise, by method and path. */
class Service {
  pairs = [pair("1", "slit", "tear"), pair("2", "dent", "hole"), pair("3", "claw", "toe")];
  readonly asked: string[] = [];
  answers: Record<string, (request: Request, url: URL) => Promise<Response> | Response> = {};

  readonly fetch = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const what = `${request.method} ${url.pathname}`;
    this.asked.push(what + url.search);
    const answer = this.answers[what] ?? this.usual[what];
    if (!answer) throw new Error(`Nothing answers ${what}`);
    return answer(request, url);
  };

  private readonly usual: typeof this.answers = {
    "GET /api/naming-rounds": () => json({ items: [], next: null }),
    "GET /api/projects/p/judgements": () => json({ items: this.pairs, next: null }),
    "GET /api/projects/p/judgements/maps": () => json({ n_maps: 0, classes: [] }),
    "PUT /api/projects/p/judgements": async (request) => {
      this.keep(await request.json());
      return new Response(null, { status: 204 });
    },
    "DELETE /api/projects/p/judgements": (_, url) => {
      this.keep({ ...Object.fromEntries(url.searchParams), relation: null } as never);
      return new Response(null, { status: 204 });
    },
  };

  keep(said: { name_a: string; relation: "exact" | null }): void {
    this.pairs = this.pairs.map((each) => {
      if (each.name_a !== said.name_a) return each;
      const judgement = said.relation && {
        relation: said.relation,
        judged_by: "Ada",
        judged_at: "2026-11-21T10:00:00Z",
      };
      return { ...each, state: judgement ? "judged" : "unjudged", judgement };
    });
  }
}

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
const refusal = (status: number, code: string, detail: string) =>
  json({ title: "No", status, code, detail }, status);

let service: Service;

beforeEach(() => {
  service = new Service();
  vi.stubGlobal("fetch", service.fetch);
  return () => vi.unstubAllGlobals();
});

async function open(search = ""): Promise<QueryClient> {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const project = { id: "p", name: "Tiles", roles: ["analyst"] };
  queries.setQueryData(["me"], { account: { id: "a", name: "Ada", email: "" }, projects: [project] });
  await renderPage(<JudgementsPage />, queries, `/${search}`);
  return queries;
}

const judged = (count: number) => screen.findByText(`${count} of 3 pairs judged`);
const card = () => screen.findByRole("region", { name: "Pair of names" });
const puts = () => service.asked.filter((each) => each.startsWith("PUT"));

test("a round that the project does not have leaves the link, and all pairs are shown", async () => {
  service.answers["GET /api/projects/p/judgements"] = (_, url) =>
    url.searchParams.has("round")
      ? refusal(404, "not_found", "There is no such naming round.")
      : json({ items: service.pairs, next: null });

  await open(`?round=${ROUND}`);

  expect(await card()).toBeTruthy();
  expect(screen.queryByText("There is no such naming round.")).toBeNull();
  expect(screen.getByRole("combobox", { name: "Naming round" })).toHaveProperty("value", "");
});

test("filters stand there also where the pairs can't be read", async () => {
  service.answers["GET /api/projects/p/judgements"] = () => refusal(500, "internal", "It broke.");

  await open();

  expect(await screen.findByText("It broke.")).toBeTruthy();
  expect(screen.getByRole("combobox", { name: "Naming round" })).toBeTruthy();
});

test("pairs are read from the first page again where the last one of a page is gone meanwhile", async () => {
  const items = service.pairs;
  let isGone = true;
  service.answers["GET /api/projects/p/judgements"] = (_, url) => {
    if (!url.searchParams.has("after")) return json({ items: items.slice(0, 2), next: "2" });
    if (!isGone) return json({ items: items.slice(1), next: null });
    isGone = false;
    return refusal(422, "cursor", "This page is gone.");
  };

  await open();

  await judged(0);
  expect(screen.queryByText("This page is gone.")).toBeNull();
});

test("a new pair is told aloud, with its proposal", async () => {
  await open();
  const told = () => document.querySelector("[aria-live]")?.textContent;
  await card();
  expect(told()).toBe("slit and tear. No proposal, no word in common.");

  await userEvent.keyboard("{ArrowRight}");

  expect(told()).toBe("dent and hole. No proposal, no word in common.");
});

test("once all is sent the pairs are read again, so that nothing older stays on the page", async () => {
  let send: () => void = () => undefined;
  const until = new Promise<void>((resolve) => (send = resolve));
  const keep = service.keep.bind(service);
  service.answers["PUT /api/projects/p/judgements"] = async (request) => {
    await until;
    keep(await request.json());
    return new Response(null, { status: 204 });
  };
  const queries = await open();
  await card();
  await userEvent.keyboard("ee");
  await judged(2);
  const before = service.asked.filter((each) => each.startsWith("GET /api/projects/p/judgements?")).length;

  await queries.refetchQueries({ queryKey: ["judgements"] }); // as when another page asks: it knows of nothing yet
  await judged(0);
  send();

  await judged(2);
  const reads = service.asked.filter((each) => each.startsWith("GET /api/projects/p/judgements?")).length;
  expect(reads).toBe(before + 2);
});

test("nothing is read for a look at another window while judgements are on their way", async () => {
  let send: () => void = () => undefined;
  const until = new Promise<void>((resolve) => (send = resolve));
  service.answers["PUT /api/projects/p/judgements"] = async () => {
    await until;
    return new Response(null, { status: 204 });
  };
  await open();
  await card();
  await userEvent.keyboard("e");
  await judged(1);
  const before = service.asked.length;

  window.dispatchEvent(new Event("visibilitychange"));

  await waitFor(() => expect(screen.getByText("1 of 3 pairs judged")).toBeTruthy());
  expect(service.asked.slice(before).filter((each) => each.includes("judgements?limit"))).toEqual([]);
  send();
});

test("a judgement that was refused is said to be, and is not taken back afterwards", async () => {
  service.answers["PUT /api/projects/p/judgements"] = () => refusal(409, "no", "Not now.");
  await open();
  await card();

  await userEvent.keyboard("e");

  expect(await screen.findByText("Not now.")).toBeTruthy();
  await judged(0);
  expect(within(await card()).getByRole("button", { name: "Undo" })).toHaveProperty("disabled", true);
  await userEvent.keyboard("{Control>}z{/Control}");
  expect(service.asked.filter((each) => each.startsWith("DELETE"))).toEqual([]);
  expect(puts()).toHaveLength(1);
});

test("the maps of a pair are read once they are asked for, and stay open from pair to pair", async () => {
  await open();
  await card();
  const reads = () => service.asked.filter((each) => each.includes("judgements/maps"));
  expect(reads()).toEqual([]);

  await userEvent.click(screen.getByText("Maps in common", { selector: "summary" }));
  await screen.findByText("No two annotators gave these names to the same map.");
  await userEvent.keyboard("{ArrowRight}");

  await waitFor(() => expect(reads().map((each) => new URL(each, "http://x").search)).toHaveLength(2));
  expect(reads()[1]).toContain("name_a=dent&name_b=hole");
});

test("what the service did not take is not shown as judged, and the page says so", async () => {
  service.answers["PUT /api/projects/p/judgements"] = () => {
    throw new TypeError("There is no network.");
  };
  await open();
  await userEvent.click(within(await card()).getByRole("button", { name: /^Exact/ }));
  service.answers["GET /api/projects/p/judgements"] = () => {
    throw new TypeError("There is no network.");
  };

  expect(await screen.findByText(/service does not answer/)).toBeTruthy();
  expect(await judged(0)).toBeTruthy();
});

test("Enter says nothing where nothing is proposed", async () => {
  service.pairs = [
    pair("1", "slit", "tear"),
    {
      ...pair("2", "dent", "dents"),
      proposal: { relation: "exact", reason: "the same words in the singular" },
    },
    pair("3", "claw", "toe"),
  ];
  await open();
  await card();

  await userEvent.keyboard("{Enter}");
  expect(puts()).toEqual([]);
  await userEvent.keyboard("{ArrowRight}{Enter}");

  expect(await judged(1)).toBeTruthy();
  expect(puts()).toHaveLength(1);
});
