import { useMutation } from "@tanstack/react-query";
import { restoreProject } from "../../api/projects";
import type { Project } from "../../api/types";
import { Button } from "../../components/Button";
import { Sentence } from "../../components/Failed";
import { when } from "../../components/format";
import { Card } from "../../components/Page";
import { toast } from "../../components/Toast";
import styles from "./ProjectsPage.module.css";

export function DeletedProjects({
  projects,
  changed,
}: {
  projects: readonly Project[];
  changed: () => void;
}) {
  const restore = useMutation({
    mutationFn: (project: Project) => restoreProject(project.id),
    onSuccess: (project) => {
      toast(`${project.name} is back.`);
      changed();
    },
  });
  if (projects.length === 0) return null;
  return (
    <Card title="Deleted" lead="Kept for 30 days, then gone for good.">
      <ul className={styles.deleted}>
        {projects.map((project) => (
          <li key={project.id}>
            <span>
              {project.name}
              {project.deleted_at ? <small> deleted {when(project.deleted_at)}</small> : null}
            </span>
            <Button
              busy={restore.isPending && restore.variables.id === project.id}
              onClick={() => restore.mutate(project)}
            >
              Restore
            </Button>
          </li>
        ))}
      </ul>
      <Sentence error={restore.error} />
    </Card>
  );
}
