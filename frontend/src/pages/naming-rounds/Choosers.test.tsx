import { screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { MyProject, Role } from "../../api/types";
import { renderPage } from "../../testing/render";
import { PeopleChooser } from "./Choosers";

afterEach(() => vi.unstubAllGlobals());

/** The chooser in a project with one member and so many open invitations; the paths that were asked. */
async function choosing(role: Role, invited: number): Promise<string[]> {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    const { pathname } = new URL(request.url);
    asked.push(pathname);
    const ada = { account_id: "a", name: "Ada", roles: ["annotator"] };
    if (pathname.endsWith("/members")) return Response.json([ada]);
    return Response.json({
      members: [ada],
      invitations: Array.from({ length: invited }, (_, id) => ({ id })),
    });
  });
  const project = { id: "p", name: "Tiles", roles: [role] } as MyProject;
  await renderPage(<PeopleChooser project={project} chosen={new Set()} onChosen={() => undefined} />);
  await screen.findByRole("checkbox", { name: /Ada/ });
  return asked;
}

test("an owner reads how many invited people can't be given boards yet, and where they are", async () => {
  await choosing("owner", 2);

  expect((await screen.findByRole("status")).textContent).toBe(
    "2 invited people have not signed in yet; give them boards when they have. See People.",
  );
  expect(screen.getByRole("link", { name: "People" }).getAttribute("href")).toBe("/people");
});

test("where everybody has signed in nothing is said", async () => {
  const asked = await choosing("owner", 0);

  await vi.waitFor(() => expect(asked).toContain("/api/projects/p/people"));
  expect(screen.queryByText(/not signed in yet/)).toBeNull();
});

test("a researcher, who sees no invitations, is told that boards wait for a first sign-in", async () => {
  const asked = await choosing("researcher", 2);

  expect(screen.getByText(/give them boards when they have signed in/)).toBeTruthy();
  expect(asked).toEqual(["/api/projects/p/members"]);
});
