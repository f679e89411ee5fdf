import { many } from "../../components/format";
import { useConductor, useShown } from "../context";
import styles from "./Header.module.css";

/** Where the last gesture is: on the server, on its way, on this device, or nowhere yet. */
export function SavedState() {
  const { session } = useConductor();
  const saved = useShown((shown) => shown.saved);
  const waiting = useShown((shown) => shown.waiting);
  const [tone, text] = words(saved.kind, waiting);
  return (
    <span className={styles.saved} data-tone={tone} role="status" data-saved={saved.kind}>
      {saved.kind === "stopped" ? saved.sentence : text}
      {saved.kind === "offline" || saved.kind === "stopped" ? (
        <button type="button" className={styles.again} onClick={session.wake}>
          Try now
        </button>
      ) : null}
    </span>
  );
}

function words(kind: string, waiting: number): [tone: string, text: string] {
  if (kind === "saved") return ["good", "Saved"];
  if (kind === "saving") return ["plain", "Saving …"];
  if (kind === "unkept")
    return ["wrong", `Not saved yet: keep this page open, ${many(waiting, "change")} to send`];
  return ["careful", `Saved on this device, ${many(waiting, "change")} to send`];
}
