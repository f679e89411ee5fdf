import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { meQuery, useMe } from "../../api/me";
import { projectsQuery } from "../../api/projects";
import type { MyProject, Project } from "../../api/types";
import { Button } from "../../components/Button";
import { Empty } from "../../components/Empty";
import { type Help, Page } from "../../components/Page";
import { DeletedProjects } from "./DeletedProjects";
import { CreateProject, DeleteProject, RenameProject } from "./dialogs";
import { ProjectCard } from "./ProjectCard";
import styles from "./ProjectsPage.module.css";

const HELP: Help = [
  "A project holds data sets, classifiers, runs and boards, and the people who may see them.",
  "Open a project to go on working in it; the bar above shows what you may do there.",
  "A deleted project can be brought back for 30 days.",
];

type Doing = { kind: "create" } | { kind: "rename" | "delete"; project: MyProject } | null;

export function ProjectsPage() {
  const me = useMe();
  const [doing, setDoing] = useState<Doing>(null);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const deleted = useQuery(projectsQuery(true));
  const close = () => setDoing(null);
  const changed = () => {
    close();
    void queries.invalidateQueries({ queryKey: meQuery.queryKey });
    void queries.invalidateQueries({ queryKey: ["projects"] });
  };
  const openNew = async (project: Project) => {
    close();
    await queries.invalidateQueries({ queryKey: meQuery.queryKey });
    void navigate({ to: "/data-sets", search: { project: project.id } as never });
  };
  const create = me.may_create_projects ? (
    <Button look="main" icon={<Plus aria-hidden />} onClick={() => setDoing({ kind: "create" })}>
      New project
    </Button>
  ) : null;
  return (
    <Page title="Projects" help={HELP} actions={create}>
      {me.projects.length === 0 ? (
        <Empty title="No project yet" action={create}>
          {me.may_create_projects
            ? "A project holds your images, classifiers and boards. Make one to begin."
            : "Ask somebody with a project for an invitation link."}
        </Empty>
      ) : (
        <ul className={styles.grid}>
          {me.projects.map((project) => (
            <ProjectCard
              key={project.id}
              project={project}
              rename={() => setDoing({ kind: "rename", project })}
              remove={() => setDoing({ kind: "delete", project })}
            />
          ))}
        </ul>
      )}
      <DeletedProjects projects={deleted.data?.items ?? []} changed={changed} />
      {doing?.kind === "create" ? <CreateProject close={close} done={openNew} /> : null}
      {doing?.kind === "rename" ? (
        <RenameProject project={doing.project} close={close} done={changed} />
      ) : null}
      {doing?.kind === "delete" ? (
        <DeleteProject project={doing.project} close={close} done={changed} />
      ) : null}
    </Page>
  );
}
