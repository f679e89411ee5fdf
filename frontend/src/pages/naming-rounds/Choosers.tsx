import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { membersQuery } from "../../api/namings";
import type { MyProject, RunDetail } from "../../api/types";
import { hasRole } from "../../app/project";
import { Button } from "../../components/Button";
import { Checklist } from "../../components/Checklist";
import { Sentence } from "../../components/Failed";
import { many } from "../../components/format";
import { Skeleton } from "../../components/Skeleton";
import { InviteDialog } from "../people/InviteDialog";
import { nameable } from "./form";
import { Invited } from "./Invited";
import styles from "./NamingRounds.module.css";

interface PeopleChooserProps {
  project: MyProject;
  chosen: ReadonlySet<string>;
  onChosen: (chosen: ReadonlySet<string>) => void;
  error?: string | undefined;
  /** A word about those who have boards already, by account. */
  notes?: ReadonlyMap<string, string>;
}

/** Members of the project; whoever is missing is invited from here by an owner. */
export function PeopleChooser({ project, chosen, onChosen, error, notes }: PeopleChooserProps) {
  const members = useQuery(membersQuery(project.id));
  if (members.isPending) return <Skeleton height={80} />;
  return (
    <div className={styles.people}>
      <Sentence error={members.error} />
      <Checklist
        label="Annotators"
        error={error}
        chosen={chosen}
        onChosen={onChosen}
        items={(members.data ?? []).map((member) => ({
          key: member.account_id,
          label: member.name || "No name yet",
          note: notes?.get(member.account_id) ?? member.roles.join(", "),
        }))}
      />
      <Invited project={project} />
      <InviteButton project={project} />
    </div>
  );
}

/** Lets an owner make an invitation link without leaving the page; others are told whom to ask. */
export function InviteButton({ project }: { project: MyProject }) {
  const [open, setOpen] = useState(false);
  if (!hasRole(project)) {
    return (
      <p className={styles.hint}>
        Somebody is missing? An owner of the project can invite them; give them boards when they have signed
        in.
      </p>
    );
  }
  return (
    <>
      <Button icon={<UserPlus aria-hidden />} onClick={() => setOpen(true)}>
        Invite somebody by link
      </Button>
      {open ? <InviteDialog project={project} close={() => setOpen(false)} /> : null}
    </>
  );
}

interface ClassChooserProps {
  run: RunDetail;
  chosen: ReadonlySet<number>;
  onChosen: (chosen: ReadonlySet<number>) => void;
  error?: string | undefined;
}

/** Classes of a run that have maps to name. */
export function ClassChooser({ run, chosen, onChosen, error }: ClassChooserProps) {
  return (
    <Checklist
      label="Classes"
      error={error}
      chosen={chosen}
      onChosen={onChosen}
      items={nameable(run).map((row) => ({
        key: row.position,
        label: row.name,
        note: many(row.maps_on_board ?? 0, "map"),
      }))}
    />
  );
}
