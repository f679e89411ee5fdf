import { type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLive } from "../api/events";
import { jobQuery } from "../api/jobs";
import type { Job } from "../api/types";
import { isOpen } from "./state";

/**
 * A job as it goes on. `ended` is called once when the job ends while the page is open, so that the page may read
 * what the job made.
 */
export function useLiveJob(id: string | null, ended?: (job: Job) => void): UseQueryResult<Job> {
  const queries = useQueryClient();
  const job = useQuery({ ...jobQuery(id ?? ""), enabled: id !== null });
  const follow = id !== null && (job.data === undefined || isOpen(job.data.state));
  useLive(follow ? [`job:${id}`] : [], (event) => {
    const now = event.data as Job;
    const before = queries.getQueryData(jobQuery(now.id).queryKey);
    queries.setQueryData(jobQuery(now.id).queryKey, now);
    if (!isOpen(now.state) && (!before || isOpen(before.state))) ended?.(now);
  });
  return job;
}
