import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { peopleQuery } from "../../api/people";
import type { MyProject } from "../../api/types";
import { hasRole } from "../../app/project";
import { many } from "../../components/format";
import styles from "./NamingRounds.module.css";

/** Why somebody who was invited can't be chosen yet: boards belong to accounts. Owners alone see invitations. */
export function Invited({ project }: { project: MyProject }) {
  const people = useQuery({ ...peopleQuery(project.id), enabled: hasRole(project) });
  const invited = people.data?.invitations.length ?? 0;
  if (invited === 0) return null;
  return (
    <p className={styles.hint} role="status">
      {many(invited, "invited person has", "invited people have")} not signed in yet; give them boards when
      they have. See <Link to="/people">People</Link>.
    </p>
  );
}
