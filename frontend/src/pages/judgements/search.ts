import type { Filter } from "./judging";

/** What the link of the page says. */
export interface Search {
  state?: Filter;
  round?: string | undefined;
  sort?: string;
}
