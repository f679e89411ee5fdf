import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { RotateCcw, X } from "lucide-react";
import { cancelJob, jobQuery, retryJob } from "../api/jobs";
import type { Job } from "../api/types";
import { Button } from "../components/Button";
import { Details, Sentence } from "../components/Failed";
import { percent, when } from "../components/format";
import { Tag } from "../components/Notice";
import { ProgressBar } from "../components/ProgressBar";
import styles from "./JobCard.module.css";
import { isOpen, lineOf, resultPath, stateOf } from "./state";

interface JobCardProps {
  job: Job;
  /** Told of the job's new state after cancel or retry. */
  changed?: (job: Job) => void;
  /** On the page of what the job makes there is no link to it. */
  here?: boolean;
}

/** A job: what it is, how far, how long, what went wrong, and what can be done. */
export function JobCard({ job, changed, here }: JobCardProps) {
  const { word, tone } = stateOf(job);
  const result = job.state === "finished" && !here ? resultPath(job) : null;
  return (
    <article className={styles.card} aria-label={job.title}>
      <div className={styles.head}>
        <h3>{result ? <Link to={result.to}>{job.title}</Link> : job.title}</h3>
        <Tag tone={tone}>{word}</Tag>
        <time className={styles.when} dateTime={job.created_at}>
          {when(job.created_at)}
        </time>
      </div>
      <Progress job={job} />
      {job.error ? (
        <div className={styles.error}>
          <p>{job.error}</p>
          {job.error_details ? <Details>{job.error_details}</Details> : null}
        </div>
      ) : null}
      <Actions job={job} {...(changed ? { changed } : {})} />
    </article>
  );
}

function Progress({ job }: { job: Job }) {
  const tone = job.state === "failed" ? "wrong" : job.state === "cancelled" ? "quiet" : "accent";
  return (
    <div className={styles.progress}>
      {job.state === "finished" ? null : (
        <ProgressBar label={`Progress of ${job.title}`} share={job.done} tone={tone} />
      )}
      <p className={styles.line}>
        <span>{lineOf(job)}</span>
        {job.state === "finished" ? null : <span>{percent(job.done, 0)}</span>}
      </p>
    </div>
  );
}

function Actions({ job, changed }: { job: Job; changed?: (job: Job) => void }) {
  const queries = useQueryClient();
  const onSuccess = (now: Job) => {
    queries.setQueryData(jobQuery(now.id).queryKey, now);
    changed?.(now);
  };
  const cancel = useMutation({ mutationFn: () => cancelJob(job.id), onSuccess });
  const retry = useMutation({ mutationFn: () => retryJob(job.id), onSuccess });
  const again = job.state === "failed" || job.state === "cancelled";
  if (!again && !isOpen(job.state)) return null;
  return (
    <div className={styles.actions}>
      {again ? (
        <Button icon={<RotateCcw aria-hidden />} busy={retry.isPending} onClick={() => retry.mutate()}>
          Try the rest again
        </Button>
      ) : (
        <Button
          look="quiet"
          icon={<X aria-hidden />}
          busy={cancel.isPending}
          disabled={job.cancel_requested}
          onClick={() => cancel.mutate()}
        >
          Cancel
        </Button>
      )}
      <Sentence error={cancel.error ?? retry.error} />
    </div>
  );
}
