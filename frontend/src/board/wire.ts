import type { components } from "../api/schema";
import { type Change, type Entry, emptyState, type State, UNLABELED } from "./state";

export type BoardState = components["schemas"]["BoardState"];
export type BoardContent = components["schemas"]["BoardContent"];

/** The board's value from what the service sends, on the maps of the board. */
export function stateOf(content: BoardContent, maps: readonly string[]): State {
  const index = new Map(maps.map((id, position) => [id, position]));
  const places = maps.map(() => UNLABELED);
  const put = (ids: readonly string[], place: string) => {
    for (const id of ids) {
      const position = index.get(id);
      if (position !== undefined) places[position] = place;
    }
  };
  for (const concept of content.concepts) put(concept.maps, concept.id);
  put(content.discarded, "discarded");
  return {
    ...emptyState(maps),
    places,
    notSure: new Set(content.not_sure.map((id) => index.get(id) ?? -1).filter((position) => position >= 0)),
    concepts: content.concepts.map(({ id, name, note }) => ({ id, name, note })),
    complete: content.complete,
    version: content.version,
    history: new Map(content.history.map((each): [string, Entry] => [each.command_id, entryOf(each)])),
  };
}

function entryOf(entry: BoardContent["history"][number]): Entry {
  const { kind, version, done, since, offered } = entry;
  return { kind, version, done, since, offered, change: entry.change as Change };
}

/** How many different images are in each concept, as the service counted last. */
export function imagesOf(content: BoardContent): Record<string, number> {
  return Object.fromEntries(content.concepts.map((concept) => [concept.id, concept.images]));
}
