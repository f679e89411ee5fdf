import { useConductor, useDesk, useShown } from "../context";
import { placeName } from "../gestures";
import { concepts } from "./MoveTo";
import { matching, PlacePicker } from "./PlacePicker";

/** "Merge … into": the concept that is open goes into another one, with its notes. */
export function MergeInto({ close }: { close: () => void }) {
  const conductor = useConductor();
  const state = useShown((shown) => shown.state);
  const open = useDesk((desk) => desk.open);
  const others = concepts(state).filter(({ place }) => place !== open);
  return (
    <PlacePicker
      title={`Merge ${placeName(state, open)} into …`}
      offered={(typed) => matching(others, typed)}
      choose={({ place }) => {
        if (place !== null) void conductor.merge(open, place);
      }}
      close={close}
    />
  );
}
