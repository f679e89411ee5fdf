import type { ReactNode } from "react";
import styles from "./States.module.css";

interface EmptyProps {
  title: string;
  /** What this place will show, and what to do to get there. */
  children: ReactNode;
  /** The one button that gets there. */
  action?: ReactNode;
  /** 1 where it is the whole page. */
  level?: 1 | 2;
}

export function Empty({ title, children, action, level = 2 }: EmptyProps) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <section className={styles.empty}>
      <Heading>{title}</Heading>
      <div className={styles.text}>{children}</div>
      {action}
    </section>
  );
}
