import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { renderPage } from "../../testing/render";
import type { Conductor } from "../conductor";
import { BoardContext } from "../context";
import { ShowAnywayDialog } from "./ShowAnywayDialog";

const navigate = vi.hoisted(() => vi.fn());
vi.mock("@tanstack/react-router", async (original) => ({
  ...(await original<typeof import("@tanstack/react-router")>()),
  useNavigate: () => navigate,
}));

const board = (id: string, run_id: string) => ({ id, run_id, complete: false });

/** The service with these boards, and what was opened of them. */
function service(...boards: object[]): string[] {
  const shown: string[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    const request = input as Request;
    if (request.method === "GET") return Response.json({ items: boards, next: null });
    shown.push(new URL(request.url).pathname);
    return new Response(null, { status: 204 });
  });
  return shown;
}

async function opened(close = vi.fn()) {
  const conductor = { board: { id: "b1", project_id: "p1" } } as unknown as Conductor;
  await renderPage(
    <BoardContext.Provider value={conductor}>
      <ShowAnywayDialog close={close} />
    </BoardContext.Provider>,
  );
  return close;
}

afterEach(() => {
  vi.restoreAllMocks();
  navigate.mockReset();
});

test("show anyway opens the boards of this board's run and goes to its explanations", async () => {
  const shown = service(board("b0", "r2"), board("b1", "r1"), board("b2", "r1"));
  await opened();

  await userEvent.click(screen.getByRole("button", { name: "Show anyway" }));

  await waitFor(() => expect(navigate).toHaveBeenCalledWith({ to: "/explain/$run", params: { run: "r1" } }));
  expect(shown).toEqual(["/api/boards/b1/show-anyway", "/api/boards/b2/show-anyway"]);
});

test("staying blind asks the service nothing", async () => {
  const shown = service();
  const close = await opened();

  await userEvent.click(screen.getByRole("button", { name: "Stay blind" }));

  expect(close).toHaveBeenCalledTimes(1);
  expect(shown).toEqual([]);
  expect(fetch).not.toHaveBeenCalled();
});

test("a board that was taken away meanwhile says so and opens nothing", async () => {
  const shown = service(board("b0", "r2"));
  await opened();

  await userEvent.click(screen.getByRole("button", { name: "Show anyway" }));

  expect((await screen.findByRole("alert")).textContent).toContain("not among yours any more");
  expect(shown).toEqual([]);
  expect(navigate).not.toHaveBeenCalled();
});
