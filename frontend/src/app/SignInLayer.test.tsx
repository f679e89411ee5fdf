import { QueryClient } from "@tanstack/react-query";
import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { meQuery } from "../api/me";
import type { Me } from "../api/types";
import { renderPage } from "../testing/render";
import { aPerson } from "../testing/things";
import { SignInLayer } from "./SignInLayer";
import { useSignInLayer } from "./signInLayer";

const page = (
  <>
    <input aria-label="Concept" defaultValue="" />
    <SignInLayer />
  </>
);

afterEach(() => {
  useSignInLayer.setState({ open: false });
  vi.unstubAllGlobals();
});

/** A page whose session ends while somebody types; `back` is who signs in. */
async function signInAgain(back: Me): Promise<string> {
  vi.stubGlobal("fetch", async () => Response.json(back));
  const queries = new QueryClient();
  queries.setQueryData(meQuery.queryKey, aPerson({}));
  await renderPage(page, queries);
  await userEvent.type(screen.getByLabelText("Concept"), "thin crack");
  let ended = "";
  await act(async () => {
    void useSignInLayer
      .getState()
      .ask()
      .then((how) => {
        ended = how;
      });
  });
  expect((await screen.findByLabelText<HTMLInputElement>("E-mail")).value).toBe("ada@example.org");
  await userEvent.type(
    screen.getByLabelText("Password", { selector: "[type=password]" }),
    "correct horse{Enter}",
  );
  await waitFor(() => expect(ended).not.toBe(""));
  return ended;
}

test("it lies over the page, and what was typed under it stays", async () => {
  expect(await signInAgain(aPerson({}))).toBe("same");

  expect(screen.getByLabelText<HTMLInputElement>("Concept").value).toBe("thin crack");
});

test("it says when somebody else came back", async () => {
  const other = aPerson({ account: { id: "bob", email: "bob@example.org", name: "Bob" } });

  expect(await signInAgain(other)).toBe("other");
});
