import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { renderPage } from "../../testing/render";
import type { Body } from "../commands";
import type { Conductor } from "../conductor";
import { BoardContext } from "../context";
import { emptyState, type State } from "../state";
import { NoteDialog } from "./NoteDialog";

/** The dialog on a concept with this note, and what is kept of it. */
async function opened(note: string) {
  const concept = { id: "a", name: "crack", note };
  const state: State = { ...emptyState(["m0"]), concepts: [concept] };
  const done: Body[] = [];
  const conductor = {
    state,
    do: (make: (state: State) => readonly Body[]) => done.push(...make(state)),
  } as unknown as Conductor;
  const close = vi.fn();
  await renderPage(
    <BoardContext.Provider value={conductor}>
      <NoteDialog concept={concept} close={close} />
    </BoardContext.Provider>,
  );
  return { done, close, field: screen.getByRole("textbox") as HTMLTextAreaElement };
}

const type = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } });

test("a note takes no more than 4,000 characters, and says what is left before it is full", async () => {
  const { done, field } = await opened("");
  expect(field.maxLength).toBe(4000);
  type(field, "x".repeat(3600));
  expect(screen.getByRole("status").textContent).toBe("");
  type(field, "x".repeat(3601));
  expect(screen.getByRole("status").textContent).toBe("399 characters left");

  type(field, "x".repeat(4000));
  await userEvent.click(screen.getByRole("button", { name: "Keep the note" }));

  expect(done).toEqual([{ kind: "note_concept", concept_id: "a", text: "x".repeat(4000) }]);
});

test("joined notes that are too long are never cut: they stay, or are shortened by hand", async () => {
  const long = "x".repeat(4100);
  const { done, close, field } = await opened(long);
  type(field, `${long.slice(0, 4050)}`);
  expect(screen.getByRole("status").textContent).toBe("50 characters too long");

  await userEvent.keyboard("{Escape}");
  expect(close).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("button", { name: "Leave it as it was" }));

  expect(close).toHaveBeenCalledTimes(1);
  expect(done).toEqual([]);
});
