/** One request of the outbox, and every answer it can have. */
import { type Problem, problemOf } from "../api/problem";
import { transport } from "../api/transport";
import type { LoggedCommand } from "./commands";
import type { Pending } from "./rebase";
import type { BoardContent } from "./wire";

export interface Result {
  readonly command_id: string;
  readonly version: number;
  readonly applied: boolean;
  readonly repeated: boolean;
  readonly left_alone: readonly string[];
}

export type Answer =
  | { kind: "stored"; version: number; results: readonly Result[]; images: Record<string, number> }
  | { kind: "changed"; version: number; commands?: readonly LoggedCommand[]; state?: BoardContent }
  | { kind: "gap"; expected: number }
  | { kind: "refused"; index: number; problem: Problem };

/** Post commands of one client; throws a `Problem` for everything that is worth another try, or hopeless. */
export async function post(
  board: string,
  base: number,
  commands: readonly Pending[],
  firstSequence: number,
): Promise<Answer> {
  const body = {
    client_id: commands[0]?.client,
    base_version: base,
    commands: commands.map((each, index) => ({
      ...each.command,
      sequence: firstSequence + index,
      at: each.at,
    })),
  };
  const answer = await transport(
    new Request(new URL(`/api/boards/${board}/commands`, location.origin), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }),
  );
  const content: unknown = await answer.json().catch(() => null);
  if (answer.ok) return { kind: "stored", ...(content as Omit<Answer & { kind: "stored" }, "kind">) };
  const problem = problemOf(answer.status, content);
  if (problem.code === "board_changed") {
    return { kind: "changed", ...(content as Omit<Answer & { kind: "changed" }, "kind">) };
  }
  if (problem.code === "sequence_gap") {
    return { kind: "gap", expected: (content as { expected: number }).expected };
  }
  if (problem.status === 422 || problem.code === "board_complete") {
    const index = Number(/commands\.(\d+)/.exec(problem.body.fields?.[0]?.path ?? "")?.[1] ?? 0);
    return { kind: "refused", index, problem };
  }
  throw problem;
}
