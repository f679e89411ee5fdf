import { useQuery } from "@tanstack/react-query";
import { useMe } from "../../api/me";
import { outbox, waitingOfOthers } from "../../board/outbox";
import { many } from "../../components/format";
import { Notice } from "../../components/Notice";

/** Changes that somebody else made in this browser and that wait for their sign-in. */
export function WaitingOfOthers() {
  const me = useMe();
  const { data } = useQuery({ queryKey: ["outbox"], queryFn: () => outbox.all().catch(() => []) });
  const waiting = waitingOfOthers(data ?? [], me.account.id);
  return waiting.map((each) => (
    <Notice key={each.account} tone="careful">
      {many(each.count, "change")} of {each.name} wait in this browser; they are sent when {each.name} signs
      in and opens the board.
    </Notice>
  ));
}
