/** The bodies of the commands, as contracts.md section 4 has them; the service's twin is `boards/commands.py`. */
export type Body =
  | {
      kind: "create_concept";
      concept_id: string;
      name: string | null;
      after: string | null;
      maps?: readonly string[];
    }
  | { kind: "rename_concept"; concept_id: string; name: string | null }
  | { kind: "merge_concepts"; from: readonly string[]; into: string }
  | {
      kind: "split_concept";
      concept_id: string;
      new_concept_id: string;
      name: string | null;
      maps: readonly string[];
    }
  | { kind: "delete_concept"; concept_id: string }
  | { kind: "reorder_concepts"; order: readonly string[] }
  | { kind: "note_concept"; concept_id: string; text: string }
  | { kind: "assign"; maps: readonly string[]; to: string }
  | { kind: "flag"; maps: readonly string[]; not_sure: boolean }
  | { kind: "undo"; of: string }
  | { kind: "redo"; of: string }
  | { kind: "complete" }
  | { kind: "reopen" };

export type Kind = Body["kind"];

/** A body with what tells it from all others. */
export type Command = Body & { readonly command_id: string };

/** A command of the service's log. */
export type LoggedCommand = Command & {
  readonly version: number;
  readonly client_id: string;
  readonly author: string;
};

export function isGesture(kind: string): boolean {
  return kind !== "undo" && kind !== "redo" && kind !== "complete" && kind !== "reopen";
}
