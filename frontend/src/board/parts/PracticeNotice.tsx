import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "../../components/Button";
import { Sentence } from "../../components/Failed";
import { Notice } from "../../components/Notice";
import { beginPractice } from "../api";
import { useConductor, useShown } from "../context";
import { outbox } from "../outbox";

/** Says that nothing counts, and begins anew. */
export function PracticeNotice() {
  const { board } = useConductor();
  const complete = useShown((shown) => shown.state.complete);
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const again = async () => {
    setBusy(true);
    try {
      const fresh = await beginPractice(board.round_id, true);
      await outbox.forget(board.id).catch(() => undefined); // changes of a board that is gone
      await navigate({ to: fresh.url, replace: true });
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <Notice
      tone={complete ? "good" : "plain"}
      action={
        <Button busy={busy} onClick={() => void again()}>
          Start again
        </Button>
      }
    >
      {complete
        ? "You finished the practice board. Your own boards work in the same way; you may practise as often as you like."
        : "This is a practice board: try everything out, nothing on it counts and nobody else sees it."}
      <Sentence error={error} />
    </Notice>
  );
}
