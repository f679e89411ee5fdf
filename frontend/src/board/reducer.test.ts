import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { Command } from "./commands";
import { Refused, reduce } from "./reducer";
import { type Change, emptyState, members, redoStack, type State, undoStack } from "./state";

interface Case {
  name: string;
  maps: string[];
  commands: (Command & { expect?: { refused?: string; applied?: boolean; left_alone?: string[] } })[];
  board: unknown;
  changes?: Record<string, Change>;
}

const file = resolve(import.meta.dirname, "../../../tests/vectors/board_commands.json");
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: Case[] };

function board(state: State) {
  const at = (place: string) => members(state, place).map((index) => state.maps[index]);
  return {
    version: state.version,
    complete: state.complete,
    concepts: state.concepts.map((concept) => ({ ...concept, maps: at(concept.id) })),
    unlabeled: at("unlabeled"),
    discarded: at("discarded"),
    not_sure: [...state.notSure].sort((a, b) => a - b).map((index) => state.maps[index]),
    undo: undoStack(state.history),
    redo: redoStack(state.history),
  };
}

describe("the cases shared with the service", () => {
  it.each(cases)("$name", ({ maps, commands, board: expected, changes }) => {
    let state = emptyState(maps);
    for (const { expect: wanted, ...command } of commands) {
      if (wanted?.refused) {
        expect(() => reduce(state, command as Command)).toThrowError(Refused);
        try {
          reduce(state, command as Command);
        } catch (error) {
          expect((error as Refused).code).toBe(wanted.refused);
        }
        continue;
      }
      const before = JSON.stringify(board(state));
      const step = reduce(state, command as Command);
      expect(JSON.stringify(board(state))).toBe(before);
      expect(step.applied).toBe(wanted?.applied ?? true);
      expect(step.leftAlone).toEqual(wanted?.left_alone ?? []);
      state = step.state;
    }

    expect(board(state)).toEqual(expected);
    for (const [id, change] of Object.entries(changes ?? {})) {
      expect(state.history.get(id)?.change).toEqual(change);
    }
  });
});
