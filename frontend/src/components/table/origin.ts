import { createContext } from "react";

/** What the figures of a page are of, as every file of the page says it beside its numbers. */
export interface Origin {
  /** In the order in which they are written: ["Naming round", "First round"], ["Boards", "all"]. */
  readonly facts: readonly (readonly [label: string, value: string])[];
}

/** Set around pages whose figures depend on a choice; files of other pages say their link alone. */
export const OriginContext = createContext<Origin | null>(null);
