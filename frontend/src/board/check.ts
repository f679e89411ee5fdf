/** The short check before a board is finished: what a person may want to look at; all of it may stay as it is. */
import { many } from "../components/format";
import { placeName } from "./gestures";
import { counts, NOT_SURE, type State, UNLABELED } from "./state";

/** Concepts of fewer different images say little: the paper asks for three. */
export const FEW_IMAGES = 3;

export interface Finding {
  readonly text: string;
  /** Where to look at it. */
  readonly place: string;
  /** It is a name that is missing there. */
  readonly nameless?: boolean;
}

/** How many different images are in a concept, as far as is known: never more than its maps. */
export function imagesIn(counted: number | undefined, maps: number): number {
  return Math.min(counted ?? maps, maps);
}

/** What is open still, most first for the board as a whole, then concept by concept in their row. */
export function check(state: State, images: Readonly<Record<string, number>>): Finding[] {
  const found: Finding[] = [];
  const at = counts(state);
  const unlabeled = at.get(UNLABELED) ?? 0;
  if (unlabeled > 0) {
    found.push({ text: `${many(unlabeled, "map is", "maps are")} unlabeled`, place: UNLABELED });
  }
  if (state.notSure.size > 0) {
    found.push({ text: `You are not sure about ${many(state.notSure.size, "map")}`, place: NOT_SURE });
  }
  for (const { id, name } of state.concepts) {
    const maps = at.get(id) ?? 0;
    const called = name ? `“${name}”` : placeName(state, id);
    const few = imagesIn(images[id], maps);
    if (maps === 0) found.push({ text: `${called} holds no map`, place: id });
    else if (few < FEW_IMAGES)
      found.push({ text: `${called} rests on ${many(few, "image")} only`, place: id });
    if (maps > 0 && !name) found.push({ text: `${called} has no name`, place: id, nameless: true });
  }
  return found;
}
