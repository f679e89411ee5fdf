import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "../api/client";
import { type BoardSummary, readBoards } from "./api";

export const WHAT_IT_DOES =
  "Show anyway shows you the X-features, fine labels and names of the whole run. It marks your open boards of " +
  "this run as not blind, the agreement pages will say so, and it cannot be undone.";

/** The boards of a run that still hide something from their person. */
export function openBoards(run: string, boards: readonly BoardSummary[]): BoardSummary[] {
  return boards.filter((board) => board.run_id === run && !board.complete);
}

/**
 * Opens all that this person's boards of a run hide: one board that stays blind would go on hiding it. What was
 * opened before is answered alike, so that a broken attempt is simply made again.
 */
export async function showAnyway(run: string, project?: string): Promise<void> {
  for (const board of openBoards(run, await readBoards(project))) {
    await answer(
      client.POST("/api/boards/{board_id}/show-anyway", { params: { path: { board_id: board.id } } }),
    );
  }
}

/** `showAnyway` for a page; what was hidden stands on many pages, so all of them read again. */
export function useShowAnyway() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ run, project }: { run: string; project?: string | undefined }) => showAnyway(run, project),
    onSuccess: () => queries.invalidateQueries(),
  });
}
