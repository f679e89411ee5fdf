import {
  Combine,
  EllipsisVertical,
  MessageSquareText,
  MoveLeft,
  MoveRight,
  Pencil,
  ScanSearch,
  Split,
  Trash2,
} from "lucide-react";
import { useState } from "react";
import { IconButton } from "../../components/Button";
import { Menu } from "../../components/Menu";
import { useConductor, useShown } from "../context";
import { shift } from "../gestures";
import type { Concept } from "../state";
import { NoteDialog } from "./NoteDialog";

interface CardMenuProps {
  concept: Concept;
  number: number;
  maps: number;
}

/** What can be done with a concept; on a finished board maps can still be compared, and nothing changed. */
export function CardMenu({ concept, number, maps }: CardMenuProps) {
  const conductor = useConductor();
  const finished = useShown((shown) => shown.state.complete);
  const others = useShown((shown) => shown.state.concepts);
  const [noting, setNoting] = useState(false);
  return (
    <>
      <Menu
        {...(finished ? { label: "Finished: open the board again to change it" } : {})}
        trigger={
          <IconButton label={`What to do with concept ${number}`}>
            <EllipsisVertical aria-hidden />
          </IconButton>
        }
        groups={[
          [
            {
              label: "Rename",
              icon: <Pencil aria-hidden />,
              disabled: finished,
              choose: () => conductor.name(concept.id),
            },
            {
              label: concept.note ? "Change the note" : "Add a note",
              icon: <MessageSquareText aria-hidden />,
              disabled: finished,
              choose: () => setNoting(true),
            },
            {
              label: "More like these",
              note: "unlabeled maps, the most similar first",
              icon: <ScanSearch aria-hidden />,
              disabled: maps === 0,
              choose: () => void conductor.arranger.likePlace(concept.id),
            },
            {
              label: "Split",
              note: "select what belongs elsewhere, then N",
              icon: <Split aria-hidden />,
              disabled: finished || maps < 2,
              choose: () => conductor.openPlace(concept.id),
            },
            {
              label: "Merge into …",
              icon: <Combine aria-hidden />,
              disabled: finished || others.length < 2,
              choose: () => {
                conductor.openPlace(concept.id);
                conductor.show("merge");
              },
            },
            {
              label: "Earlier in the row",
              icon: <MoveLeft aria-hidden />,
              disabled: finished || number === 1,
              choose: () => void conductor.do((state) => shift(state, concept.id, -1)),
            },
            {
              label: "Later in the row",
              icon: <MoveRight aria-hidden />,
              disabled: finished || number === others.length,
              choose: () => void conductor.do((state) => shift(state, concept.id, 1)),
            },
          ],
          [
            {
              label: "Delete",
              note: "Its maps become unlabeled; Ctrl+Z brings it back",
              icon: <Trash2 aria-hidden />,
              disabled: finished,
              choose: () => void conductor.remove(concept.id),
            },
          ],
        ]}
      />
      {noting ? <NoteDialog concept={concept} close={() => setNoting(false)} /> : null}
    </>
  );
}
