import { createContext } from "react";

/** A choice behind the figures of a page: ["Boards", "all"]. */
export type Fact = readonly [label: string, value: string];

/** What the figures of a page are of, as every file of the page says it beside its numbers. */
export interface Origin {
  /** In the order in which they are written; labels are plain ASCII, as the keywords of a PNG must be. */
  readonly facts: readonly Fact[];
}

/** Set around pages whose figures depend on a choice; files of other pages say their link alone. */
export const OriginContext = createContext<Origin | null>(null);

/** What a file that is saved now says of itself: the choices of its page, and the link that shows it again. */
export function factsNow(origin: Origin | null): readonly Fact[] {
  return [...(origin?.facts ?? []), ["Link", window.location.href]];
}
