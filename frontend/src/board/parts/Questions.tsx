import { newId } from "../../api/ids";
import { Button } from "../../components/Button";
import { many } from "../../components/format";
import type { Body } from "../commands";
import { useConductor, useShown } from "../context";
import { placeName } from "../gestures";
import type { Stranded } from "../rebase";
import type { State } from "../state";
import styles from "./Board.module.css";

/** What a stranded command was about, in words. */
export function told(body: Body): string {
  switch (body.kind) {
    case "assign":
      return `You moved ${many(body.maps.length, "map")} to a concept that is gone`;
    case "rename_concept":
      return `You named a concept “${body.name ?? ""}” that is gone`;
    case "note_concept":
      return "You wrote a note on a concept that is gone";
    case "merge_concepts":
      return "You merged concepts of which one is gone";
    case "delete_concept":
      return "You deleted a concept that is gone already";
    case "split_concept":
      return `You took ${many(body.maps.length, "map")} out of a concept that is gone`;
    default:
      return "A change of yours no longer fits this board";
  }
}

function mapsOf(body: Body): readonly string[] {
  return "maps" in body && body.maps ? body.maps : [];
}

/** What to do instead, in place of a command whose concept is gone: a new concept with what it was about. */
function anew(body: Body): Body[] {
  const name = "name" in body ? body.name : null;
  return [{ kind: "create_concept", concept_id: newId(), name, after: null, maps: mapsOf(body) }];
}

/** Changes that the board can't take any more: asked about, never dropped. */
export function Questions() {
  const questions = useShown((shown) => shown.questions);
  const state = useShown((shown) => shown.state);
  if (questions.length === 0) return null;
  return (
    <div className={styles.questions} role="alert">
      {questions.map((question) => (
        <Question key={question.pending.command.command_id} question={question} state={state} />
      ))}
    </div>
  );
}

function Question({ question, state }: { question: Stranded; state: State }) {
  const { session } = useConductor();
  const body = question.pending.command;
  const maps = mapsOf(body);
  const reason = question.code === "concept_gone" ? "it was merged or deleted elsewhere" : question.sentence;
  const makesSense = question.code === "concept_gone" && (maps.length > 0 || body.kind === "rename_concept");
  return (
    <div className={styles.question}>
      <p>
        {told(body)}: {reason}
      </p>
      {makesSense ? (
        <Button look="main" onClick={() => void session.answer(question, () => anew(body))}>
          Make a new concept{maps.length > 0 ? " with them" : ""}
        </Button>
      ) : null}
      {maps.length > 0 && body.kind === "assign"
        ? state.concepts.slice(0, 4).map((concept) => (
            <Button
              key={concept.id}
              onClick={() => void session.answer(question, () => [{ kind: "assign", maps, to: concept.id }])}
            >
              To {placeName(state, concept.id)}
            </Button>
          ))
        : null}
      <Button look="quiet" onClick={() => void session.answer(question, () => [])}>
        Leave it
      </Button>
    </div>
  );
}
