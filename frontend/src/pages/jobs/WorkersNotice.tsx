import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLive } from "../../api/events";
import { workersQuery } from "../../api/jobs";
import type { Workers } from "../../api/types";
import { Failed } from "../../components/Failed";
import { Notice } from "../../components/Notice";
import styles from "./JobsPage.module.css";
import { workersSentence } from "./workers";

/** Who does the work, or that nobody does. */
export function WorkersNotice() {
  const queries = useQueryClient();
  const workers = useQuery(workersQuery);
  useLive(["workers"], (event) => queries.setQueryData(workersQuery.queryKey, event.data as Workers));
  if (workers.isPending) return <div className={styles.workers} />;
  if (workers.isError) return <Failed error={workers.error} />;
  const { tone, sentence } = workersSentence(workers.data);
  return (
    <Notice tone={tone}>
      <p>{sentence}</p>
    </Notice>
  );
}
