import type { MyProject } from "../api/types";
import { hasRole } from "./project";

export interface Place {
  readonly to: string;
  readonly label: string;
}

/** What stands in the bar for a person in a project, in the order of the work. */
export function placesFor(project: MyProject | null): Place[] {
  if (!project) return [];
  const places: Place[] = [];
  if (hasRole(project, "researcher", "analyst")) {
    places.push(
      { to: "/data-sets", label: "Data sets" },
      { to: "/classifiers", label: "Classifiers" },
      { to: "/runs", label: "Runs" },
      { to: "/naming-rounds", label: "Naming rounds" },
      { to: "/agreement", label: "Agreement" },
    );
  }
  places.push({ to: "/boards", label: "Boards" });
  if (hasRole(project, "researcher")) places.push({ to: "/jobs", label: "Jobs" });
  if (hasRole(project)) places.push({ to: "/people", label: "People" });
  return places;
}
