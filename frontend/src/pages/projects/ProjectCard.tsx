import { Link } from "@tanstack/react-router";
import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import type { MyProject } from "../../api/types";
import { placesFor } from "../../app/navigation";
import { hasRole } from "../../app/project";
import { IconButton } from "../../components/Button";
import { Menu } from "../../components/Menu";
import { Tag } from "../../components/Notice";
import styles from "./ProjectsPage.module.css";

interface ProjectCardProps {
  project: MyProject;
  rename: () => void;
  remove: () => void;
}

export function ProjectCard({ project, rename, remove }: ProjectCardProps) {
  const places = placesFor(project);
  const home = places.find((place) => place.to === "/runs")?.to ?? "/boards";
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <h2>
          <Link to={home} search={{ project: project.id }}>
            {project.name}
          </Link>
        </h2>
        {hasRole(project) ? (
          <Menu
            trigger={
              <IconButton label={`More about ${project.name}`}>
                <Ellipsis aria-hidden />
              </IconButton>
            }
            groups={[
              [{ label: "Rename", icon: <Pencil aria-hidden />, choose: rename }],
              [{ label: "Delete", icon: <Trash2 aria-hidden />, wrong: true, choose: remove }],
            ]}
          />
        ) : null}
      </div>
      <p className={styles.roles}>
        {project.is_demo ? <Tag tone="accent">Demo</Tag> : null} You are {project.roles.join(" and ")} here.
      </p>
      <ul className={styles.places} aria-label={`Pages of ${project.name}`}>
        {places.map((place) => (
          <li key={place.to}>
            <Link to={place.to} search={{ project: project.id }}>
              {place.label}
            </Link>
          </li>
        ))}
      </ul>
    </li>
  );
}
