import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { asProblem } from "../api/problem";
import { Button } from "./Button";
import styles from "./States.module.css";

interface FailedProps {
  error: unknown;
  /** Tries again; without it there is nothing to try. */
  retry?: (() => void) | undefined;
  title?: string;
}

/** What happened in one sentence, what to do, and the details folded away. */
export function Failed({ error, retry, title = "This did not work" }: FailedProps) {
  const problem = asProblem(error);
  if (problem.status === 403) return <NotForYou sentence={problem.message} />;
  const details = [
    problem.code,
    problem.status > 0 ? String(problem.status) : "",
    problem.body.request_id ?? "",
  ];
  return (
    <section className={styles.failed} role="alert">
      <TriangleAlert aria-hidden className={styles.sign} />
      <div className={styles.told}>
        <h2>{title}</h2>
        <p>{problem.message}</p>
        <Details>{details.filter(Boolean).join(" · ")}</Details>
      </div>
      {retry ? <Button onClick={retry}>Try again</Button> : null}
    </section>
  );
}

/** Not a failure: the role of whoever asks does not reach this. */
function NotForYou({ sentence }: { sentence: string }) {
  return (
    <section className={styles.empty}>
      <h2>This is not for your role</h2>
      <div className={styles.text}>{sentence}</div>
    </section>
  );
}

/** What went wrong in one sentence, where there is room for no more. */
export function asSentence(error: unknown): string {
  return asProblem(error).message;
}

/** One sentence about a failed small thing, beside what failed. */
export function Sentence({ error }: { error: unknown }) {
  if (!error) return null;
  return (
    <p className={styles.sentence} role="alert">
      {asProblem(error).message}
    </p>
  );
}

export function Details({ children, title = "Details" }: { children: ReactNode; title?: string }) {
  return (
    <details className={styles.details}>
      <summary>{title}</summary>
      <pre>{children}</pre>
    </details>
  );
}
