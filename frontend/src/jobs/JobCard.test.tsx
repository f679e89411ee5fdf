import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderPage } from "../testing/render";
import { aJob } from "../testing/things";
import { JobCard } from "./JobCard";

test("a running job shows how far it is and can be cancelled", async () => {
  await renderPage(
    <JobCard job={aJob({ state: "running", done: 0.42, message: "reading pictures", seconds_left: 20 })} />,
  );

  expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("42");
  expect(screen.getByText("reading pictures · about 20 s left")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Cancel" })).toBeTruthy();
});

test("a failed job says why in a sentence, folds the rest, and can be tried again", async () => {
  const job = aJob({
    state: "failed",
    error: "The archive has no folder with pictures.",
    error_details: "Traceback …",
  });

  await renderPage(<JobCard job={job} />);

  expect(screen.getByText("The archive has no folder with pictures.")).toBeTruthy();
  expect(screen.getByText("Traceback …").closest("details")?.open).toBe(false);
  expect(screen.getByRole("button", { name: "Try the rest again" })).toBeTruthy();
});

test("a finished job leads to what it made, except on that very page", async () => {
  const job = aJob({ state: "finished", result: { kind: "data_set", id: "d" } });

  const { unmount } = await renderPage(<JobCard job={job} />);
  expect(screen.getByRole("link", { name: "Import of tiles" }).getAttribute("href")).toBe("/data-sets/d");
  unmount();

  await renderPage(<JobCard job={job} here />);
  expect(screen.queryByRole("link")).toBeNull();
});
