import { useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { ChevronDown, CircleUser, FolderOpen, LogOut, Monitor, Moon, Sun } from "lucide-react";
import { signOut, useMe } from "../api/me";
import { Button, IconButton } from "../components/Button";
import { Menu } from "../components/Menu";
import { placesFor } from "./navigation";
import { useChooseProject, useProject } from "./project";
import styles from "./Shell.module.css";
import { type Theme, useTheme } from "./theme";

/** The bar above every page, and the page. */
export function Shell() {
  return (
    <div className={styles.shell} data-shell>
      <a className={styles.skip} href="#main">
        Skip to the page
      </a>
      <TopBar />
      <Outlet />
    </div>
  );
}

function TopBar() {
  const project = useProject();
  return (
    <header className={styles.bar}>
      <div className={styles.start}>
        <Link to="/" className={styles.brand}>
          Glossator
        </Link>
        <ProjectSwitcher />
      </div>
      <nav className={styles.nav} aria-label="Pages of this project">
        {placesFor(project).map((place) => (
          <Link
            key={place.to}
            to={place.to}
            className={styles.link}
            activeProps={{ className: `${styles.link} ${styles.here}`, "aria-current": "page" }}
          >
            {place.label}
          </Link>
        ))}
      </nav>
      <div className={styles.end}>
        <ThemeMenu />
        <AccountMenu />
      </div>
    </header>
  );
}

function ProjectSwitcher() {
  const me = useMe();
  const project = useProject();
  const choose = useChooseProject();
  const navigate = useNavigate();
  if (!project) return null;
  return (
    <Menu
      align="start"
      label="Project"
      trigger={
        <Button look="quiet" className={styles.project} aria-label={`Project: ${project.name}`}>
          <span>{project.name}</span>
          <ChevronDown aria-hidden />
        </Button>
      }
      groups={[
        me.projects.map((each) => ({
          label: each.name,
          note: each.roles.join(", "),
          checked: each.id === project.id,
          choose: () => choose(each.id),
        })),
        [
          {
            label: "All projects",
            icon: <FolderOpen aria-hidden />,
            choose: () => void navigate({ to: "/" }),
          },
        ],
      ]}
    />
  );
}

const THEMES: readonly { theme: Theme; label: string; Sign: typeof Sun }[] = [
  { theme: "system", label: "As the system", Sign: Monitor },
  { theme: "light", label: "Light", Sign: Sun },
  { theme: "dark", label: "Dark", Sign: Moon },
];

export function ThemeMenu() {
  const { theme, choose } = useTheme();
  const Sign = THEMES.find((each) => each.theme === theme)?.Sign ?? Monitor;
  return (
    <Menu
      label="Appearance"
      trigger={
        <IconButton label="Appearance">
          <Sign aria-hidden />
        </IconButton>
      }
      groups={[
        THEMES.map((each) => ({
          label: each.label,
          checked: each.theme === theme,
          choose: () => choose(each.theme),
        })),
      ]}
    />
  );
}

export function AccountMenu() {
  const me = useMe();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const leave = async () => {
    await signOut(queries);
    await navigate({ to: "/sign-in" });
  };
  return (
    <Menu
      label={me.account.email}
      trigger={
        <IconButton label={`Signed in as ${me.account.name || me.account.email}`}>
          <CircleUser aria-hidden />
        </IconButton>
      }
      groups={[[{ label: "Sign out", icon: <LogOut aria-hidden />, choose: () => void leave() }]]}
    />
  );
}
