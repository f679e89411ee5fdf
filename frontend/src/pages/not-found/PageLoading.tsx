import { Loading } from "../../components/Skeleton";
import styles from "./NotFoundPage.module.css";

/** The shape of a page whose code is on its way. */
export function PageLoading() {
  return (
    <main className={styles.page} id="main">
      <Loading height={120} count={3} />
    </main>
  );
}
