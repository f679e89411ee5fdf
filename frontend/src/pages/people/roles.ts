import type { Role } from "../../api/types";

/** Roles in the order of what they may do, with one line each. */
export const ROLES: readonly { role: Role; label: string; does: string }[] = [
  { role: "owner", label: "Owner", does: "Everything, and people." },
  { role: "researcher", label: "Researcher", does: "Data sets, classifiers, runs, boards." },
  { role: "analyst", label: "Analyst", does: "Reads figures and takes them along." },
  { role: "annotator", label: "Annotator", does: "Own boards only." },
];

/** The roles after one was switched, in their fixed order. */
export function switched(roles: readonly Role[], role: Role): Role[] {
  const has = roles.includes(role);
  return ROLES.map((each) => each.role).filter((each) => (each === role ? !has : roles.includes(each)));
}
