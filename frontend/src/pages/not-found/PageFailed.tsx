import type { ErrorComponentProps } from "@tanstack/react-router";
import { asProblem } from "../../api/problem";
import { Failed } from "../../components/Failed";
import { NotAllowedPage, NotFoundPage } from "./NotFoundPage";
import styles from "./NotFoundPage.module.css";

/** What stands in place of a page that could not be shown. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const problem = asProblem(error);
  if (problem.status === 404) return <NotFoundPage />;
  if (problem.status === 403) return <NotAllowedPage sentence={problem.message} />;
  return (
    <main className={styles.page} id="main">
      <Failed title="This page could not be shown" error={error} retry={reset} />
    </main>
  );
}
