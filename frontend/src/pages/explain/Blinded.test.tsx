import { QueryClient, useQuery } from "@tanstack/react-query";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { problemOf } from "../../api/problem";
import type { BoardSummary } from "../../board/api";
import { openBoards, showAnyway } from "../../board/showAnyway";
import { renderPage } from "../../testing/render";
import { Blinded, isBlinded } from "./Blinded";

function aBoard(change: Partial<BoardSummary>): BoardSummary {
  return {
    id: "b0",
    run_id: "r1",
    class_name: "DEFECTIVE",
    project_name: "Tiles",
    round_id: "n1",
    round_name: "Round 1",
    own_instructions: null,
    named: 0,
    placed: 0,
    total: 10,
    complete: false,
    changed_at: null,
    url: "/boards/b0",
    ...change,
  };
}

const BOARDS = [
  aBoard({ id: "b1", url: "/boards/b1" }),
  aBoard({ id: "b2", complete: true }),
  aBoard({ id: "b3", run_id: "r2" }),
  aBoard({ id: "b4", url: "/boards/b4" }),
];

/** The service with these boards, two on a page; `refuse` is answered to whatever would change one. */
function service(refuse = 0) {
  const shown: string[] = [];
  const asked: URL[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    const request = input as Request;
    const url = new URL(request.url);
    asked.push(url);
    if (request.method === "GET") {
      const after = Number(url.searchParams.get("after") ?? 0);
      const next = after + 2 < BOARDS.length ? String(after + 2) : null;
      return Response.json({ items: BOARDS.slice(after, after + 2), next });
    }
    if (refuse) return Response.json({ title: "Error", detail: "Not now.", code: "x" }, { status: refuse });
    shown.push(url.pathname);
    return new Response(null, { status: 204 });
  });
  return { shown, asked };
}

afterEach(() => vi.restoreAllMocks());

const OPEN_BOARDS = ["/api/boards/b1/show-anyway", "/api/boards/b4/show-anyway"];

test("only open boards of this run hide something of it", () => {
  expect(openBoards("r1", BOARDS).map((board) => board.id)).toEqual(["b1", "b4"]);
});

test("show anyway reaches every open board of the run, on whichever page of the list it stands", async () => {
  const { shown, asked } = service();

  await showAnyway("r1", "p1");

  expect(shown).toEqual(OPEN_BOARDS);
  expect(asked[0]?.searchParams.get("project")).toBe("p1");
});

test("only the refusal for an open board is one that can be lifted", () => {
  const refusal = (code: string) => problemOf(403, { title: "", detail: "No.", code });

  expect(isBlinded(refusal("blinded"))).toBe(true);
  expect(isBlinded(refusal("forbidden"))).toBe(false);
  expect(isBlinded(null)).toBe(false);
});

test("the wall says that it cannot be undone, and the page reads again behind it", async () => {
  const { shown } = service();
  const read = vi.fn(async () => shown.length);
  const Page = () => {
    const found = useQuery({ queryKey: ["run", "r1", "images"], queryFn: read });
    return found.data === 2 ? <p>Explanations</p> : <Blinded run="r1" />;
  };

  await renderPage(<Page />);
  expect(screen.getByText(/it cannot be undone/)).toBeTruthy();
  expect(shown).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Show anyway" }));

  await screen.findByText("Explanations");
  expect(shown).toEqual(OPEN_BOARDS);
});

test("the wall names the boards that are open, of whatever round, with their links", async () => {
  service();

  await renderPage(<Blinded run="r1" project="p1" />);

  const links = await screen.findAllByRole("link", { name: "DEFECTIVE" });
  expect(links.map((link) => link.getAttribute("href"))).toEqual(["/boards/b1", "/boards/b4"]);
  expect(screen.getAllByText(/of “Round 1”, 0 of 10 maps placed/)).toHaveLength(2);
});

test("a refusal leaves the wall and says why", async () => {
  service(403);
  const queries = new QueryClient({ defaultOptions: { mutations: { retry: false } } });

  await renderPage(<Blinded run="r1" />, queries);
  await userEvent.click(screen.getByRole("button", { name: "Show anyway" }));

  await waitFor(() => expect(screen.getByRole("alert").textContent).toBe("Not now."));
  expect(screen.getByRole("button", { name: "Show anyway" })).toBeTruthy();
});
