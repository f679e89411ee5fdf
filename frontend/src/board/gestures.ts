/** Gestures at the board as commands: pure functions from what is meant and the board as it stands. */
import { newId } from "../api/ids";
import type { Body } from "./commands";
import { DISCARDED, NOT_SURE, redoStack, type State, UNLABELED, undoStack } from "./state";

type Bodies = readonly Body[];

function ids(state: State, maps: Iterable<number>): string[] {
  return [...maps].sort((a, b) => a - b).map((index) => state.maps[index] as string);
}

/** Put maps somewhere; those that are there already are left out, and nothing to move is no gesture. */
export function assign(state: State, maps: Iterable<number>, to: string): Bodies {
  const moving = ids(
    state,
    [...maps].filter((index) => state.places[index] !== to),
  );
  return moving.length > 0 ? [{ kind: "assign", maps: moving, to }] : [];
}

/** A new concept with these maps in it; out of one concept it stands right behind that one. */
export function create(
  state: State,
  maps: Iterable<number>,
  conceptId: string = newId(),
  name: string | null = null,
): Bodies {
  const chosen = [...maps];
  const from = new Set(chosen.map((index) => state.places[index]));
  const [only] = from;
  const inConcept = from.size === 1 && state.concepts.some((concept) => concept.id === only);
  if (inConcept && only !== undefined) {
    return [
      {
        kind: "split_concept",
        concept_id: only,
        new_concept_id: conceptId,
        name,
        maps: ids(state, chosen),
      },
    ];
  }
  return [{ kind: "create_concept", concept_id: conceptId, name, after: null, maps: ids(state, chosen) }];
}

export function rename(state: State, concept: string, name: string): Bodies {
  const before = state.concepts.find((each) => each.id === concept)?.name ?? "";
  const after = name.trim();
  return before === after ? [] : [{ kind: "rename_concept", concept_id: concept, name: after || null }];
}

export function note(state: State, concept: string, text: string): Bodies {
  const before = state.concepts.find((each) => each.id === concept)?.note ?? "";
  return before === text ? [] : [{ kind: "note_concept", concept_id: concept, text }];
}

export function merge(from: string, into: string): Bodies {
  return from === into ? [] : [{ kind: "merge_concepts", from: [from], into }];
}

/** Move a concept before (−1) or behind (+1) its neighbour. */
export function shift(state: State, concept: string, by: -1 | 1): Bodies {
  const order = state.concepts.map((each) => each.id);
  const at = order.indexOf(concept);
  const other = order[at + by];
  if (at < 0 || other === undefined) return [];
  return [{ kind: "reorder_concepts", order: by < 0 ? [concept, other] : [other, concept] }];
}

/** Flag as not sure; if all are flagged already, take the flag away. */
export function notSure(state: State, maps: Iterable<number>): Bodies {
  const chosen = [...maps];
  if (chosen.length === 0) return [];
  const value = !chosen.every((index) => state.notSure.has(index));
  return [{ kind: "flag", maps: ids(state, chosen), not_sure: value }];
}

export function undo(state: State): Bodies {
  const of = undoStack(state.history).at(-1);
  return of === undefined ? [] : [{ kind: "undo", of }];
}

export function redo(state: State): Bodies {
  const of = redoStack(state.history).at(-1);
  return of === undefined ? [] : [{ kind: "redo", of }];
}

/** The place that a number key means: concepts in their order. */
export function placeOfNumber(state: State, number: number): string | null {
  return state.concepts[number - 1]?.id ?? null;
}

/** What a person calls a place. */
export function placeName(state: State, place: string): string {
  if (place === UNLABELED) return "Unlabeled";
  if (place === DISCARDED) return "Discarded";
  if (place === NOT_SURE) return "Not sure";
  const index = state.concepts.findIndex((concept) => concept.id === place);
  return state.concepts[index]?.name ?? `Concept ${index + 1}`;
}
