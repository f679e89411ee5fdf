import { type Body, type Command, isGesture } from "./commands";
import { Draft } from "./draft";
import { type Change, type Entry, isEmpty, type State, UNLABELED } from "./state";

/** A command that this board can't take; `code` is the service's. */
export class Refused extends Error {
  override readonly name = "Refused";

  constructor(
    readonly code:
      | "board_complete"
      | "concept_gone"
      | "concept_exists"
      | "unknown_map"
      | "unknown_command"
      | "not_undoable",
    sentence: string,
  ) {
    super(sentence);
  }
}

export interface Step {
  readonly state: State;
  readonly applied: boolean;
  /** Ids of maps that an undo found elsewhere. */
  readonly leftAlone: readonly string[];
}

const WHITE = /[\s\p{Cc}\ufeff]+/gu;

/** A name as it is kept: NFC, white space and control characters as single spaces, none at the ends. */
export function tidy(name: string | null): string | null {
  return (name ?? "").normalize("NFC").replace(WHITE, " ").replace(/^ | $/g, "") || null;
}

/** Apply one command; the state given is never altered. The twin of `boards/reducer.py`. */
export function reduce(state: State, command: Command): Step {
  if (command.kind === "reopen") return noted({ ...state, complete: false }, command, {});
  if (state.complete) throw new Refused("board_complete", "This board is finished; open it again to go on.");
  if (command.kind === "complete") return noted({ ...state, complete: true }, command, {});
  if (command.kind === "undo" || command.kind === "redo") return travel(state, command);
  const draft = new Draft(state);
  gesture(draft, command, state);
  return noted(fromDraft(state, draft), command, draft.change());
}

function fromDraft(state: State, draft: Draft): State {
  return { ...state, places: draft.places, notSure: draft.notSure, concepts: draft.concepts };
}

function noted(state: State, command: Command, change: Change): Step {
  const version = state.version + 1;
  const entry = {
    kind: command.kind,
    version,
    done: true,
    since: version,
    offered: !isEmpty(change),
    change,
  };
  return step(state, [[command.command_id, entry]], true, []);
}

function step(
  state: State,
  touched: readonly [string, Entry][],
  applied: boolean,
  leftAlone: readonly string[],
): Step {
  const history = new Map(state.history);
  for (const [id, entry] of touched) history.set(id, entry);
  return { state: { ...state, version: state.version + 1, history }, applied, leftAlone };
}

/** Undo or redo: take back what the last command about this gesture changed, as far as it stands. */
function travel(state: State, command: Command & { kind: "undo" | "redo"; of: string }): Step {
  const [gestureId, entry] = gestureOf(state, command.of);
  const version = state.version + 1;
  const note: Entry = {
    kind: command.kind,
    version,
    concerns: gestureId,
    done: true,
    since: version,
    offered: true,
    change: {},
  };
  if (entry.done === (command.kind === "redo")) return step(state, [[command.command_id, note]], false, []);
  const draft = new Draft(state);
  const left = draft.takeBack(entry.change).map((index) => state.maps[index] as string);
  const change = draft.change();
  const moved = isEmpty(change)
    ? { ...entry, offered: false }
    : { ...entry, done: !entry.done, since: version, change };
  const touched: [string, Entry][] = [
    [gestureId, moved],
    [command.command_id, note],
  ];
  return step(fromDraft(state, draft), touched, !isEmpty(change), left);
}

function gestureOf(state: State, id: string): [string, Entry] {
  const entry = state.history.get(id);
  const about = entry?.concerns === undefined ? entry : state.history.get(entry.concerns);
  if (!entry || !about) throw new Refused("unknown_command", "What was to be undone is not on this board.");
  if (!isGesture(about.kind)) {
    throw new Refused("not_undoable", "Finishing a board is taken back by opening it again.");
  }
  return [entry.concerns ?? id, about];
}

function existing(draft: Draft, concept: string): number {
  const index = draft.position(concept);
  if (index < 0) throw new Refused("concept_gone", "This concept is not on the board any more.");
  return index;
}

function unused(draft: Draft, concept: string): void {
  if (draft.position(concept) >= 0) throw new Refused("concept_exists", "This concept exists already.");
}

const indices = new WeakMap<readonly string[], Map<string, number>>();

/** Ids of maps to indices of the board. */
function places(state: State, ids: readonly string[]): Set<number> {
  let known = indices.get(state.maps);
  if (!known) {
    known = new Map(state.maps.map((id, index) => [id, index]));
    indices.set(state.maps, known);
  }
  const found = new Set<number>();
  for (const id of ids) {
    const index = known.get(id);
    if (index === undefined) throw new Refused("unknown_map", `The map ${id} is not on this board.`);
    found.add(index);
  }
  return found;
}

type Gesture = Exclude<Body, { kind: "undo" | "redo" | "complete" | "reopen" }>;

function gesture(draft: Draft, body: Gesture, state: State): void {
  switch (body.kind) {
    case "create_concept": {
      unused(draft, body.concept_id);
      const before = body.after === null ? -1 : draft.position(body.after);
      const index = before < 0 ? draft.concepts.length : before + 1;
      draft.create({ id: body.concept_id, name: tidy(body.name), note: "" }, index);
      draft.move(places(state, body.maps ?? []), body.concept_id);
      return;
    }
    case "rename_concept":
      draft.edit(existing(draft, body.concept_id), "name", tidy(body.name));
      return;
    case "merge_concepts":
      merge(draft, [...new Set(body.from)], body.into);
      return;
    case "split_concept": {
      const index = existing(draft, body.concept_id);
      unused(draft, body.new_concept_id);
      const inside = [...places(state, body.maps)].filter((map) => draft.places[map] === body.concept_id);
      draft.create({ id: body.new_concept_id, name: tidy(body.name), note: "" }, index + 1);
      draft.move(inside, body.new_concept_id);
      return;
    }
    case "delete_concept": {
      const index = existing(draft, body.concept_id);
      draft.move(draft.members(body.concept_id), UNLABELED);
      draft.remove(index);
      return;
    }
    case "reorder_concepts":
      draft.arrange(body.order);
      return;
    case "note_concept":
      draft.edit(existing(draft, body.concept_id), "note", body.text);
      return;
    case "assign":
      if (!draft.isPlace(body.to)) existing(draft, body.to);
      draft.move(places(state, body.maps), body.to);
      return;
    case "flag":
      draft.flag(places(state, body.maps), body.not_sure);
      return;
  }
}

function merge(draft: Draft, sources: readonly string[], into: string): void {
  const all = [into, ...sources];
  const notes = all.map((concept) => draft.concepts[existing(draft, concept)]?.note ?? "");
  for (const concept of sources) {
    draft.move(draft.members(concept), into);
    draft.remove(existing(draft, concept));
  }
  draft.edit(existing(draft, into), "note", notes.filter(Boolean).join("\n"));
}
