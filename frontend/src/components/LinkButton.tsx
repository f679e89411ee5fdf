import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import styles from "./Button.module.css";

interface LinkButtonProps {
  to: string;
  /** Parameters of the link. */
  search?: Readonly<Record<string, string>>;
  look?: "plain" | "main" | "quiet";
  icon?: ReactNode;
  children: ReactNode;
}

/** A link to another page that stands where buttons stand. */
export function LinkButton({ to, search, look = "plain", icon, children }: LinkButtonProps) {
  return (
    <Link
      data-unprinted
      to={to}
      {...(search ? { search: search as never } : {})}
      className={`${styles.button} ${styles[look]}`}
    >
      {icon}
      {children}
    </Link>
  );
}
