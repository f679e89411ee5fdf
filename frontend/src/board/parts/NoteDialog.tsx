import { useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { TextArea } from "../../components/Field";
import { useConductor } from "../context";
import { note, placeName } from "../gestures";
import type { Concept } from "../state";

const NOTE_LIMIT = 4000;

/** What belongs into a concept and what does not, in the annotator's own words. */
export function NoteDialog({ concept, close }: { concept: Concept; close: () => void }) {
  const conductor = useConductor();
  const [typed, setTyped] = useState(concept.note);
  const keep = () => {
    void conductor.do((state) => note(state, concept.id, typed.slice(0, NOTE_LIMIT)));
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
        <Button look="main" onClick={keep}>
          Keep the note
        </Button>
      }
    >
      <TextArea label="What belongs into it, and what does not" value={typed} onValue={setTyped} rows={5} />
    </Dialog>
  );
}
