import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { classifierQuery } from "../../api/classifiers";
import { asProblem } from "../../api/problem";
import type { ClassifierDetail } from "../../api/types";
import { hasRole, useProject, useShownProject } from "../../app/project";
import { Failed } from "../../components/Failed";
import { LinkButton } from "../../components/LinkButton";
import { Notice } from "../../components/Notice";
import { Card, type Help, Page } from "../../components/Page";
import { Loading } from "../../components/Skeleton";
import { JobCard } from "../../jobs/JobCard";
import { useLiveJob } from "../../jobs/live";
import { NotFoundPage } from "../not-found/NotFoundPage";
import { Accuracies } from "./Accuracies";

const HELP: Help = [
  "How often this classifier is right: k of n images, with the interval that the number of images allows.",
  "Where several images show one object, the interval by groups is the honest one, and it is wider.",
  "Figures on images for training say how well the network remembers, not how well it judges.",
];

export function ClassifierPage() {
  const { classifier: id } = useParams({ strict: false }) as { classifier: string };
  const project = useProject();
  const found = useQuery(classifierQuery(id));
  useShownProject(found.data?.project_id);
  if (found.isError && asProblem(found.error).status === 404) return <NotFoundPage />;
  const data = found.data;
  return (
    <Page
      title={data?.name ?? "Classifier"}
      above={<Link to="/classifiers">Classifiers</Link>}
      lead={
        data ? (
          <>
            {data.architecture_title} on{" "}
            <Link to="/data-sets/$dataSet" params={{ dataSet: data.data_set_id }}>
              {data.data_set_name}
            </Link>
            , {data.classes} classes
          </>
        ) : null
      }
      help={HELP}
      actions={
        data?.state === "finished" && hasRole(project, "researcher") ? (
          <LinkButton to={`/runs/new?classifier=${id}`} look="main">
            New run
          </LinkButton>
        ) : null
      }
    >
      {found.isPending ? <Loading height={120} count={3} /> : null}
      {found.isError ? <Failed error={found.error} retry={() => void found.refetch()} /> : null}
      {data ? <Content classifier={data} /> : null}
    </Page>
  );
}

function Content({ classifier }: { classifier: ClassifierDetail }) {
  const queries = useQueryClient();
  const job = useLiveJob(classifier.state === "finished" ? null : classifier.job_id, () => {
    void queries.invalidateQueries({ queryKey: classifierQuery(classifier.id).queryKey });
    void queries.invalidateQueries({ queryKey: ["classifiers"] });
  });
  return (
    <>
      {classifier.state === "finished" ? null : job.data ? (
        <JobCard job={job.data} here />
      ) : (
        <Loading height={96} />
      )}
      {classifier.note ? <Card title="Note">{classifier.note}</Card> : null}
      {classifier.blinded ? <Notice>Fine labels are hidden while you have an open board.</Notice> : null}
      <Accuracies accuracy={classifier.accuracy} name={classifier.name} />
    </>
  );
}
