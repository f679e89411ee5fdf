import { cleanup, fireEvent, render, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { BoardState } from "../wire";
import { Instructions } from "./Instructions";

afterEach(() => localStorage.clear());

/** The instructions as they are seen at a visit. */
function visit(texts: Partial<BoardState>): HTMLDetailsElement {
  cleanup();
  const board = { id: "b", class_name: "crack", instructions: "Look.", class_note: "", own_instructions: "" };
  const { container } = render(<Instructions board={{ ...board, ...texts } as BoardState} />);
  return container.querySelector("details") as HTMLDetailsElement;
}

test("instructions that were closed stay closed until one of the texts changes", async () => {
  const first = visit({});
  expect(first.open).toBe(true);
  fireEvent.click(first.querySelector("summary") as HTMLElement);
  await waitFor(() => expect(localStorage.length).toBe(1));

  expect(visit({}).open).toBe(false);
  expect(visit({ own_instructions: "Use few names." }).open).toBe(true);
});

test("instructions that changed and were opened again are open at the next visit", async () => {
  const first = visit({});
  fireEvent.click(first.querySelector("summary") as HTMLElement);
  await waitFor(() => expect(localStorage.getItem("glossator.board.read.b")).toContain("closed"));
  fireEvent.click(first.querySelector("summary") as HTMLElement);
  await waitFor(() => expect(localStorage.getItem("glossator.board.read.b")).toBe("open"));

  expect(visit({}).open).toBe(true);
});
