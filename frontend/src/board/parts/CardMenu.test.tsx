import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import { renderPage } from "../../testing/render";
import type { Conductor } from "../conductor";
import { BoardContext } from "../context";
import { makeDesk } from "../desk";
import { emptyState, type State } from "../state";
import { CardMenu } from "./CardMenu";

const CONCEPTS = ["crack", "hole", "dent"].map((name) => ({ id: name, name, note: "" }));

/** The items of the menu of the middle concept, and which of them are disabled. */
async function items(complete: boolean): Promise<{ all: string[]; disabled: string[] }> {
  const state: State = {
    ...emptyState(["m0", "m1"]),
    places: ["hole", "hole"],
    concepts: CONCEPTS,
    complete,
  };
  const store = createStore(() => ({ state }));
  const conductor = { session: { store }, desk: makeDesk(), state, do: vi.fn() } as unknown as Conductor;
  await renderPage(
    <BoardContext.Provider value={conductor}>
      <CardMenu concept={CONCEPTS[1] as (typeof CONCEPTS)[number]} number={2} maps={2} />
    </BoardContext.Provider>,
  );
  await userEvent.click(screen.getByRole("button", { name: "What to do with concept 2" }));
  const found = await screen.findAllByRole("menuitem");
  const labels = (some: HTMLElement[]) => some.map((each) => each.textContent ?? "");
  return {
    all: labels(found),
    disabled: labels(found.filter((each) => each.getAttribute("aria-disabled") === "true")),
  };
}

test("everything can be done with a concept in the middle of the row", async () => {
  expect((await items(false)).disabled).toEqual([]);
});

test("on a finished board nothing of a concept can be changed, and the menu says why", async () => {
  const { all, disabled } = await items(true);

  expect(all).toHaveLength(8);
  expect(all.filter((each) => !disabled.includes(each))).toEqual([
    expect.stringContaining("More like these"),
  ]);
  expect(screen.getByText("Finished: open the board again to change it")).toBeTruthy();
});
