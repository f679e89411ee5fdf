/** Putting pending commands on top of what the service knows; pure. */
import type { Command, LoggedCommand } from "./commands";
import { Refused, reduce } from "./reducer";
import type { State } from "./state";

/** A command that waits in this browser, and the tab that made it. */
export interface Pending {
  readonly command: Command;
  readonly client: string;
  readonly at: string;
}

/** A command that the board can't take any more, for the person to decide about. */
export interface Stranded {
  readonly pending: Pending;
  readonly code: Refused["code"];
  readonly sentence: string;
}

export interface Folded {
  readonly state: State;
  readonly pending: readonly Pending[];
  readonly stranded: readonly Stranded[];
}

/** Apply what waits to a confirmed board; what can't be applied strands and does not stop the rest. */
export function fold(confirmed: State, waiting: readonly Pending[]): Folded {
  let state = confirmed;
  const pending: Pending[] = [];
  const stranded: Stranded[] = [];
  for (const each of waiting) {
    try {
      state = reduce(state, each.command).state;
      pending.push(each);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      stranded.push({ pending: each, code: error.code, sentence: error.message });
    }
  }
  return { state, pending, stranded };
}

/**
 * The confirmed board after commands of the log; those it knows already are passed over.
 *
 * Null when a command is missing between, or when the log holds what this page's rules refuse: then the whole board
 * has to be read again.
 */
export function advance(confirmed: State, log: readonly LoggedCommand[]): State | null {
  let state = confirmed;
  for (const each of log) {
    if (each.version <= state.version) continue;
    if (each.version !== state.version + 1) return null;
    try {
      state = reduce(state, each).state;
    } catch {
      return null;
    }
  }
  return state;
}
