import { answer, client, QUIETLY } from "../api/client";
import type { components } from "../api/schema";
import type { Orders } from "./arranger";
import type { Service } from "./session";
import type { BoardState } from "./wire";

export type BoardSummary = components["schemas"]["BoardSummary"];
type BoardsPage = components["schemas"]["Page_BoardSummary_"];
type Query = { limit: number; project?: string; after?: string };
export type LargeView = components["schemas"]["LargeView"];

export function readBoard(board: string): Promise<BoardState> {
  const read = answer(client.GET("/api/boards/{board_id}", { params: { path: { board_id: board } } }));
  return read as Promise<unknown> as Promise<BoardState>; // the client's types lose the pairs of (map, place)
}

export function readLarge(board: string, map: string): Promise<LargeView> {
  const path = { board_id: board, map_id: map };
  return answer(client.GET("/api/boards/{board_id}/maps/{map_id}/large", { params: { path } }));
}

export async function readBoards(project?: string): Promise<BoardSummary[]> {
  const found: BoardSummary[] = [];
  let after: string | null = null;
  do {
    const query: Query = { limit: 200, ...(project ? { project } : {}), ...(after ? { after } : {}) };
    const page: BoardsPage = await answer(client.GET("/api/boards", { params: { query } }));
    found.push(...page.items);
    after = page.next;
  } while (after !== null);
  return found;
}

export type PracticeOffer = components["schemas"]["PracticeOffer"];

/** The practice boards of a project's naming rounds, begun or not. */
export function readPractice(project: string): Promise<PracticeOffer[]> {
  return answer(client.GET("/api/practice-boards", { params: { query: { project } } }));
}

/** The practice board of a round; `again` puts a fresh one in its place. */
export function beginPractice(round: string, again: boolean): Promise<BoardSummary> {
  return answer(
    client.POST("/api/naming-rounds/{round_id}/practice-board", {
      params: { path: { round_id: round } },
      body: { again },
    }),
  );
}

/** What a tab at a board asks the service beside its commands; reading is no activity of the person. */
export const service: Service = {
  read: readBoard,
  after: (board, version) =>
    answer(
      client.GET("/api/boards/{board_id}/commands", {
        ...QUIETLY,
        params: { path: { board_id: board }, query: { after: version } },
      }),
    ),
};

/** Reading orders is an activity of the person: they asked for them. */
export const orders: Orders = {
  similarTogether: async (board) =>
    (
      await answer(
        client.GET("/api/boards/{board_id}/similar-together", { params: { path: { board_id: board } } }),
      )
    ).order,
  mostLike: async (board, maps) =>
    (
      await answer(
        client.POST("/api/boards/{board_id}/most-like", {
          params: { path: { board_id: board } },
          body: { maps: [...maps] },
        }),
      )
    ).order,
};
