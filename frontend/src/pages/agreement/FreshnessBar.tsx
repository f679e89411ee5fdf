import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { OverviewClass } from "../../api/agreement";
import { workersQuery } from "../../api/jobs";
import { Button } from "../../components/Button";
import { timeLeft } from "../../components/format";
import { Notice } from "../../components/Notice";
import { ProgressBar } from "../../components/ProgressBar";
import { workersSentence } from "../jobs/workers";
import styles from "./Agreement.module.css";
import { freshnessLine, unreadLine } from "./freshness";
import type { Computing } from "./useFreshness";

/** How old the figures are, and how far the computing of new ones is. */
export function FreshnessBar({
  classes,
  computing,
  unread,
}: {
  classes: readonly OverviewClass[];
  computing: Computing;
  /** What is shown could not be read again. */
  unread: boolean;
}) {
  const now = useNow(1_000);
  if (unread) return <Notice tone="careful">{unreadLine(classes, now)}.</Notice>;
  const { known, job, askAgain } = computing;
  if (known.failure) {
    return (
      <Notice tone="careful" action={<Button onClick={askAgain}>Compute again</Button>}>
        {freshnessLine(classes, false, now)}. {known.failure}
      </Notice>
    );
  }
  const busy = known.job !== null || known.asking || known.unread;
  return (
    <div className={styles.freshness} data-computing={busy || undefined}>
      <p aria-live="off">{freshnessLine(classes, busy, now)}</p>
      {busy ? <NoWorker /> : null}
      <div className={styles.progress}>
        {job ? (
          <>
            <ProgressBar label="Figures computed" share={job.total > 0 ? job.done / job.total : null} />
            <small>{timeLeft(job.seconds_left)}</small>
          </>
        ) : null}
      </div>
    </div>
  );
}

/** Figures that are being computed are waited for in vain where nobody computes. */
function NoWorker() {
  const workers = useQuery(workersQuery);
  if (!workers.data || workers.data.running) return null;
  return <Notice tone="wrong">{workersSentence(workers.data).sentence}</Notice>;
}

/** The time, again every so many milliseconds. */
function useNow(every: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
