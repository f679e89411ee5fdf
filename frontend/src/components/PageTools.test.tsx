import { QueryClient } from "@tanstack/react-query";
import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { meQuery } from "../api/me";
import { renderPage } from "../testing/render";
import { aPerson, aProject } from "../testing/things";
import { linkHere, PageTools, PrintFoot } from "./PageTools";

function signedIn(): QueryClient {
  const queries = new QueryClient();
  queries.setQueryData(meQuery.queryKey, aPerson({ projects: [aProject({ id: "tiles" })] }));
  return queries;
}

afterEach(() => vi.unstubAllGlobals());

test("the link keeps the filters and names the project", () => {
  expect(linkHere("https://g.example/runs/1?part=maps&sort=-k", "tiles")).toBe(
    "https://g.example/runs/1?part=maps&sort=-k&project=tiles",
  );
  expect(linkHere("https://g.example/runs?project=birds", "tiles")).toBe(
    "https://g.example/runs?project=birds",
  );
});

test("without a clipboard the link is shown, to be taken by hand", async () => {
  await renderPage(<PageTools />, signedIn());
  vi.stubGlobal("navigator", { ...navigator, clipboard: undefined });

  await userEvent.click(screen.getByRole("button", { name: "Copy link" }));

  expect(screen.getByLabelText<HTMLInputElement>("Link of this page").value).toContain("project=tiles");
});

test("paper says where the page is found and when it was printed", async () => {
  vi.setSystemTime(new Date("2026-11-21T12:34:00"));
  await renderPage(<PrintFoot />, signedIn());

  act(() => void window.dispatchEvent(new Event("beforeprint")));

  expect(screen.getByText(/project=tiles/)).toBeTruthy();
  expect(screen.getByText("21 Nov 2026, 12:34")).toBeTruthy();
  vi.useRealTimers();
});
