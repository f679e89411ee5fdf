import type { ReactNode } from "react";
import { usePageTitle } from "../../components/Page";
import styles from "./Doorway.module.css";

/** The quiet frame of the pages before one is inside. */
export function Doorway({ title, children }: { title: string; children: ReactNode }) {
  usePageTitle(title);
  return (
    <main className={styles.doorway}>
      <div className={styles.sheet}>
        <p className={styles.brand}>Glossator</p>
        <h1 className={styles.title}>{title}</h1>
        {children}
      </div>
      <p className={styles.foot}>Find out what a network looks at, and say it in words.</p>
    </main>
  );
}
