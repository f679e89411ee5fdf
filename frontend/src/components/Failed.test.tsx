import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { problemOf } from "../api/problem";
import { Failed } from "./Failed";

const problem = (status: number, detail: string) =>
  problemOf(status, { title: "Error", status, code: "broken", detail, request_id: "019a" });

test("a failure says what happened in one sentence and folds the rest", () => {
  const retry = vi.fn();

  render(<Failed error={problem(500, "Something broke on our side.")} retry={retry} />);

  expect(screen.getByRole("alert").textContent).toContain("Something broke on our side.");
  expect(screen.getByText("broken · 500 · 019a").closest("details")?.open).toBe(false);
  screen.getByRole("button", { name: "Try again" }).click();
  expect(retry).toHaveBeenCalledTimes(1);
});

test("what one may not see is no failure and offers nothing to try again", () => {
  render(<Failed error={problem(403, "Owners only.")} retry={vi.fn()} />);

  expect(screen.queryByRole("alert")).toBeNull();
  expect(screen.getByText("Owners only.")).toBeTruthy();
  expect(screen.queryByRole("button")).toBeNull();
});

test("an error of the page itself still gives a sentence for a person", () => {
  render(<Failed error={new TypeError("x is undefined")} />);

  expect(screen.getByRole("alert").textContent).toContain("This page met an error of its own.");
});
