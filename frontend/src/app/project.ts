import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { create } from "zustand";
import { useMe } from "../api/me";
import type { Me, MyProject, Role } from "../api/types";

const KEY = "glossator.project";

interface LastProject {
  readonly id: string | null;
  remember: (id: string) => void;
}

/** The project this browser looked at last; the link of a page goes before it. */
const useLastProject = create<LastProject>((set) => ({
  id: readLast(),
  remember: (id) => {
    try {
      localStorage.setItem(KEY, id);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
    set({ id });
  },
}));

function readLast(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** The project of the link, else the last one, else the first. */
export function projectOf(me: Me, asked: string | undefined, last: string | null): MyProject | null {
  const find = (id: string | null | undefined) => me.projects.find((project) => project.id === id);
  return find(asked) ?? find(last) ?? me.projects[0] ?? null;
}

export function useProject(): MyProject | null {
  const me = useMe();
  const { project } = useSearch({ strict: false }) as { project?: string };
  return projectOf(
    me,
    project,
    useLastProject((state) => state.id),
  );
}

/** Changes the project and stays on the page where the page is a list. */
export function useChooseProject(): (id: string) => void {
  const navigate = useNavigate();
  const remember = useLastProject((state) => state.remember);
  return (id) => {
    remember(id);
    void navigate({
      to: ".",
      search: (search: Record<string, unknown>) => ({ ...search, project: id }),
    } as never);
  };
}

/** A page that belongs to one project (a run, a data set) turns the shell to it. */
export function useShownProject(id: string | undefined): void {
  const remember = useLastProject((state) => state.remember);
  useEffect(() => {
    if (id) remember(id);
  }, [id, remember]);
}

/** Owners count as every role. */
export function hasRole(project: MyProject | null, ...roles: Role[]): boolean {
  if (!project) return false;
  return project.roles.some((role) => role === "owner" || roles.includes(role));
}

/** Only annotates: sees boards and nothing that would colour the naming. */
export function onlyAnnotates(me: Me): boolean {
  return (
    me.projects.length > 0 &&
    me.projects.every((project) => project.roles.every((role) => role === "annotator"))
  );
}
