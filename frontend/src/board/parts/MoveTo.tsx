import { many } from "../../components/format";
import { colourOf } from "../colours";
import { useConductor, useShown } from "../context";
import { placeName } from "../gestures";
import { DISCARDED, type State, UNLABELED } from "../state";
import { matching, PlacePicker, type Target } from "./PlacePicker";

/** The concepts of a board, as a list to choose from. */
export function concepts(state: State): Target[] {
  return state.concepts.map((concept, index) => ({
    place: concept.id,
    label: placeName(state, concept.id),
    mark: String(index + 1),
    colour: colourOf(index + 1),
  }));
}

/** Places whose name contains what was typed, and a new concept of that name. */
export function targets(state: State, typed: string): Target[] {
  const there = concepts(state);
  const others = [
    { place: DISCARDED, label: "Discarded", mark: "X", colour: "var(--line-strong)" },
    { place: UNLABELED, label: "Unlabeled", mark: "U", colour: "var(--line-strong)" },
  ];
  const found = matching([...there, ...others], typed);
  const wanted = typed.trim();
  const exists = there.some((each) => each.label.toLocaleLowerCase() === wanted.toLocaleLowerCase());
  if (!wanted || exists) return found;
  return [...found, { place: null, label: `New concept “${wanted}”`, mark: "N", colour: "var(--accent)" }];
}

/** "Move to …": type a few letters, Enter moves what is selected. */
export function MoveTo({ close }: { close: () => void }) {
  const conductor = useConductor();
  const state = useShown((shown) => shown.state);
  const maps = conductor.chosen();
  return (
    <PlacePicker
      title={`Move ${many(maps.length, "map")} to …`}
      offered={(typed) => targets(state, typed)}
      choose={({ place }, typed) => {
        if (place === null) void conductor.create(maps, typed);
        else void conductor.assign(maps, place);
      }}
      close={close}
    />
  );
}
