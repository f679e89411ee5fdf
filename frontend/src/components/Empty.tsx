import type { ReactNode } from "react";
import styles from "./States.module.css";

interface EmptyProps {
  title: string;
  /** What this place will show, and what to do to get there. */
  children: ReactNode;
  /** The one button that gets there. */
  action?: ReactNode;
}

export function Empty({ title, children, action }: EmptyProps) {
  return (
    <section className={styles.empty}>
      <h2>{title}</h2>
      <div className={styles.text}>{children}</div>
      {action}
    </section>
  );
}
