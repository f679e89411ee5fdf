import { useMutation } from "@tanstack/react-query";
import { withdrawInvitation } from "../../api/people";
import type { Invitation } from "../../api/types";
import { Button } from "../../components/Button";
import { Sentence } from "../../components/Failed";
import { exactly, when } from "../../components/format";
import { Card } from "../../components/Page";
import styles from "./PeoplePage.module.css";

export function Invitations({
  invitations,
  changed,
}: {
  invitations: readonly Invitation[];
  changed: () => void;
}) {
  const withdraw = useMutation({
    mutationFn: (invitation: Invitation) => withdrawInvitation(invitation.id),
    onSuccess: changed,
  });
  if (invitations.length === 0) return null;
  return (
    <Card title="Open invitations" lead="The links themselves are shown only when they are made.">
      <Sentence error={withdraw.error} />
      <ul className={styles.list}>
        {invitations.map((invitation) => (
          <li key={invitation.id} className={styles.row}>
            <div className={styles.who}>
              <b>{invitation.note || "No note"}</b>
              <small>
                as {invitation.role} · made {when(invitation.created_at)} · works until{" "}
                {exactly(invitation.expires_at)}
              </small>
            </div>
            <Button
              busy={withdraw.isPending && withdraw.variables.id === invitation.id}
              onClick={() => withdraw.mutate(invitation)}
            >
              Withdraw
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
