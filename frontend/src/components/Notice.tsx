import type { ReactNode } from "react";
import styles from "./States.module.css";

type Tone = "plain" | "good" | "careful" | "wrong";

/** A sentence that belongs to what stands around it; the tone never speaks alone, the words do. */
export function Notice({
  tone = "plain",
  children,
  action,
}: {
  tone?: Tone;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={`${styles.notice} ${styles[tone]}`}>
      <div className={styles.told}>{children}</div>
      {action}
    </div>
  );
}

/** A state in one or two words. */
export function Tag({ tone = "plain", children }: { tone?: Tone | "accent"; children: ReactNode }) {
  return <span className={`${styles.tag} ${styles[tone]}`}>{children}</span>;
}
