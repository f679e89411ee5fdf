import { useMutation, useQueryClient } from "@tanstack/react-query";
import { UserMinus } from "lucide-react";
import { useState } from "react";
import { meQuery, useMe } from "../../api/me";
import { setRoles } from "../../api/people";
import type { Member, Role } from "../../api/types";
import { Button, IconButton } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { Sentence } from "../../components/Failed";
import { many, when } from "../../components/format";
import { Card } from "../../components/Page";
import styles from "./PeoplePage.module.css";
import { ROLES, switched } from "./roles";

interface MembersProps {
  project: string;
  members: readonly Member[];
  changed: () => void;
}

export function Members({ project, members, changed }: MembersProps) {
  const me = useMe();
  const queries = useQueryClient();
  const [leaving, setLeaving] = useState<Member | null>(null);
  const set = useMutation({
    mutationFn: ({ member, roles }: { member: Member; roles: Role[] }) =>
      setRoles(project, member.account_id, roles),
    onSuccess: (_, { member }) => {
      setLeaving(null);
      changed();
      if (member.account_id === me.account.id) void queries.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
  return (
    <Card title="Members" lead={many(members.length, "person", "people")}>
      <Sentence error={set.error} />
      <ul className={styles.list}>
        {members.map((member) => (
          <li key={member.account_id} className={styles.row}>
            <div className={styles.who}>
              <b>{member.name || member.email}</b>
              <small>
                {member.email} · joined {when(member.joined_at)}
              </small>
            </div>
            <RoleSwitches
              member={member}
              busy={set.isPending}
              choose={(role) => set.mutate({ member, roles: switched(member.roles, role) })}
            />
            <IconButton
              label={`Take ${member.name || member.email} out of the project`}
              onClick={() => setLeaving(member)}
            >
              <UserMinus aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <Dialog
        open={leaving !== null}
        onOpenChange={() => setLeaving(null)}
        title={`Take ${leaving?.name || leaving?.email} out`}
        description="They no longer see this project. What they made stays, boards and names included."
        footer={
          <>
            <Button onClick={() => setLeaving(null)}>Cancel</Button>
            <Button
              look="wrong"
              busy={set.isPending}
              onClick={() => leaving && set.mutate({ member: leaving, roles: [] })}
            >
              Take out
            </Button>
          </>
        }
      >
        <Sentence error={set.error} />
      </Dialog>
    </Card>
  );
}

interface RoleSwitchesProps {
  member: Member;
  busy: boolean;
  choose: (role: Role) => void;
}

function RoleSwitches({ member, busy, choose }: RoleSwitchesProps) {
  return (
    <fieldset className={styles.roles} disabled={busy}>
      <legend className="unseen">Roles of {member.name || member.email}</legend>
      {ROLES.map(({ role, label, does }) => {
        const has = member.roles.includes(role);
        const last = has && member.roles.length === 1;
        return (
          <label key={role} className={styles.role} title={last ? "Everyone here has a role." : does}>
            <input type="checkbox" checked={has} disabled={last} onChange={() => choose(role)} />
            {label}
          </label>
        );
      })}
    </fieldset>
  );
}
