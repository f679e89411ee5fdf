import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { check, type Finding } from "../check";
import { useConductor, useShown } from "../context";
import styles from "./Board.module.css";

/** The short check before a board is finished; each line leads to what it is about. */
export function DoneDialog({ close }: { close: () => void }) {
  const conductor = useConductor();
  const state = useShown((shown) => shown.state);
  const images = useShown((shown) => shown.images);
  const findings = check(state, images);
  const finish = () => {
    close();
    void conductor.do(() => [{ kind: "complete" }]);
  };
  const look = ({ place, nameless }: Finding) => {
    close();
    conductor.openPlace(place);
    if (nameless) requestAnimationFrame(() => requestAnimationFrame(() => conductor.name(place)));
    else requestAnimationFrame(() => showCard(place));
  };
  return (
    <Dialog
      open
      onOpenChange={close}
      title="Finish this board?"
      description={
        findings.length === 0
          ? "Every map is placed, and every concept has a name and at least three images."
          : "You may want to look at this first. All of it may stay as it is, and you can open the board again at any time."
      }
      footer={
        <>
          <Button onClick={close}>Go on naming</Button>
          <Button look="main" onClick={finish}>
            {findings.length === 0 ? "Finish the board" : "Finish nevertheless"}
          </Button>
        </>
      }
    >
      {findings.length === 0 ? null : (
        <ul className={styles.check}>
          {findings.map((finding) => (
            <li key={finding.text}>
              <button type="button" className={styles.finding} onClick={() => look(finding)}>
                {finding.text}
                <span>{finding.nameless ? "Name it" : "Look at it"}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function showCard(place: string): void {
  document
    .querySelector(`[data-concept="${place}"]`)
    ?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
