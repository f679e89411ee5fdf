import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useLive } from "../../api/events";
import { jobsQuery, olderJobs } from "../../api/jobs";
import type { Job } from "../../api/types";
import { useProject } from "../../app/project";
import { Button } from "../../components/Button";
import { Empty } from "../../components/Empty";
import { Failed } from "../../components/Failed";
import { type Help, Page } from "../../components/Page";
import { Loading } from "../../components/Skeleton";
import { JobCard } from "../../jobs/JobCard";
import { isOpen, withJob, withNewest, withOlder } from "../../jobs/state";
import styles from "./JobsPage.module.css";
import { WorkersNotice } from "./WorkersNotice";

const HELP: Help = [
  "Everything that takes longer than a moment runs here as a job: imports, predictions, runs.",
  "You may leave this page or close the browser; the work goes on, and what is finished stays finished.",
  "A failed or cancelled job keeps its finished steps: trying again does only the rest.",
];

export function JobsPage() {
  const project = useProject();
  if (!project) {
    return (
      <Page title="Jobs" help={HELP}>
        <Empty title="No project yet" action={<Link to="/">To the projects</Link>}>
          Jobs belong to a project.
        </Empty>
      </Page>
    );
  }
  return (
    <Page title="Jobs" help={HELP} narrow>
      <WorkersNotice />
      <JobList project={project.id} />
    </Page>
  );
}

function JobList({ project }: { project: string }) {
  const queries = useQueryClient();
  const jobs = useQuery(jobsQuery(project));
  const changed = (job: Job) =>
    queries.setQueryData(jobsQuery(project).queryKey, (page) => withJob(page, job));
  const older = useMutation({
    mutationFn: (after: string) => olderJobs(project, after),
    onSuccess: (found) => queries.setQueryData(jobsQuery(project).queryKey, (page) => withOlder(page, found)),
  });
  const open = jobs.data?.items.filter((job) => isOpen(job.state)) ?? [];
  const ended = jobs.data?.items.filter((job) => !isOpen(job.state)) ?? [];
  useLive([`jobs:${project}`], (event) => {
    const { jobs: newest } = event.data as { jobs: Job[] };
    queries.setQueryData(jobsQuery(project).queryKey, (page) => withNewest(page, newest));
  });
  if (jobs.isPending) return <Loading height={96} count={4} />;
  if (jobs.isError) return <Failed error={jobs.error} retry={() => void jobs.refetch()} />;
  if (jobs.data.items.length === 0) {
    return (
      <Empty title="No job yet" action={<Link to="/data-sets">Bring a data set</Link>}>
        Importing a data set, checking a classifier and computing maps will show here with their progress.
      </Empty>
    );
  }
  const { next } = jobs.data;
  return (
    <>
      <Group title="Under way" empty="Nothing is under way." jobs={open} changed={changed} />
      {ended.length > 0 ? <Group title="Earlier" jobs={ended} changed={changed} /> : null}
      {older.isError ? <Failed error={older.error} /> : null}
      {next ? (
        <div>
          <Button busy={older.isPending} onClick={() => older.mutate(next)}>
            Show older jobs
          </Button>
        </div>
      ) : null}
    </>
  );
}

interface GroupProps {
  title: string;
  empty?: string;
  jobs: readonly Job[];
  changed: (job: Job) => void;
}

function Group({ title, empty, jobs, changed }: GroupProps) {
  return (
    <section className={styles.group}>
      <h2>{title}</h2>
      {jobs.length === 0 ? <p className={styles.none}>{empty}</p> : null}
      {jobs.map((job) => (
        <JobCard key={job.id} job={job} changed={changed} />
      ))}
    </section>
  );
}
