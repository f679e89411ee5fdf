import { useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { TextArea } from "../../components/Field";
import { many } from "../../components/format";
import { useConductor } from "../context";
import { note, placeName } from "../gestures";
import type { Concept } from "../state";
import styles from "./ConceptCard.module.css";

const LIMIT = 4000;
const NEAR = 400;

/** What belongs into a concept and what does not, in the annotator's own words. */
export function NoteDialog({ concept, close }: { concept: Concept; close: () => void }) {
  const conductor = useConductor();
  const [typed, setTyped] = useState(concept.note);
  const left = LIMIT - typed.length;
  // Notes of concepts that were merged may be longer together than one can be written.
  const isTooLong = left < 0 && typed !== concept.note;
  const keep = () => {
    if (isTooLong) return;
    void conductor.do((state) => note(state, concept.id, typed));
    close();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) keep();
      }}
      title={`Note on ${placeName(conductor.state, concept.id)}`}
      footer={
        <>
          {isTooLong ? <Button onClick={close}>Leave it as it was</Button> : null}
          <Button look="main" disabled={isTooLong} onClick={keep}>
            Keep the note
          </Button>
        </>
      }
    >
      <TextArea
        label="What belongs into it, and what does not"
        value={typed}
        onValue={setTyped}
        maxLength={LIMIT}
        rows={5}
      />
      <p className={styles.left} role="status">
        {isTooLong
          ? `${many(-left, "character")} too long`
          : left < NEAR
            ? `${many(left, "character")} left`
            : ""}
      </p>
    </Dialog>
  );
}
