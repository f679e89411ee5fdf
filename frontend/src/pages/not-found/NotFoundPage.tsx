import { Link } from "@tanstack/react-router";
import { Empty } from "../../components/Empty";
import { usePageTitle } from "../../components/Page";
import styles from "./NotFoundPage.module.css";

export function NotFoundPage() {
  usePageTitle("Not found");
  return (
    <main className={styles.page} id="main">
      <Empty level={1} title="There is nothing here" action={<Link to="/">To the projects</Link>}>
        The address may be mistyped, or what it showed was deleted, or it belongs to a project you are not in.
      </Empty>
    </main>
  );
}

export function NotAllowedPage({ sentence }: { sentence: string }) {
  usePageTitle("Not allowed");
  return (
    <main className={styles.page} id="main">
      <Empty level={1} title="This page is not for your role" action={<Link to="/">To the projects</Link>}>
        {sentence}
      </Empty>
    </main>
  );
}
