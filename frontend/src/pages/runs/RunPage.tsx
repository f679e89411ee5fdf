import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { asProblem } from "../../api/problem";
import { examplesQuery, runQuery } from "../../api/runs";
import type { RunDetail } from "../../api/types";
import { hasRole, useProject, useShownProject } from "../../app/project";
import { Failed } from "../../components/Failed";
import { LinkButton } from "../../components/LinkButton";
import { Notice } from "../../components/Notice";
import { type Help, Page } from "../../components/Page";
import { Loading } from "../../components/Skeleton";
import { JobCard } from "../../jobs/JobCard";
import { useLiveJob } from "../../jobs/live";
import { NotFoundPage } from "../not-found/NotFoundPage";
import { Comparison } from "./Comparison";
import { ExamplesCard } from "./ExamplesCard";
import { MakeBoards } from "./MakeBoards";
import { Settings } from "./Settings";
import { Summary } from "./Summary";
import { TableOne } from "./TableOne";
import { VariantCard } from "./VariantCard";

const HELP: Help = [
  "The figures say whether the explanation is faithful: the X-features must give the same answers as the network.",
  "Plain and contrastive maps are compared by how much the maps of one image differ and how often they point at what is marked.",
  "When it is clear which maps go on boards, make boards and begin to name.",
];

export function RunPage() {
  const { run: id } = useParams({ strict: false }) as { run: string };
  const project = useProject();
  const found = useQuery(runQuery(id));
  useShownProject(found.data?.project_id);
  if (found.isError && asProblem(found.error).status === 404) return <NotFoundPage />;
  const run = found.data;
  const ready = run?.state === "finished";
  return (
    <Page
      title={run?.name ?? "Run"}
      above={<Link to="/runs">Runs</Link>}
      lead={run ? <Lead run={run} /> : null}
      help={HELP}
      actions={
        run && ready ? (
          <>
            {run.blinded ? null : <LinkButton to={`/explain/${run.id}`}>Browse explanations</LinkButton>}
            {hasRole(project, "researcher") ? (
              <>
                {run.needs_choice ? null : (
                  <LinkButton to="/naming-rounds/new" search={{ run: run.id }}>
                    New naming round
                  </LinkButton>
                )}
                <MakeBoards run={run} />
              </>
            ) : null}
          </>
        ) : null
      }
    >
      {found.isPending ? <Loading height={120} count={3} /> : null}
      {found.isError ? <Failed error={found.error} retry={() => void found.refetch()} /> : null}
      {run ? <Content run={run} /> : null}
    </Page>
  );
}

function Lead({ run }: { run: RunDetail }) {
  return (
    <>
      <Link to="/classifiers/$classifier" params={{ classifier: run.classifier.id }}>
        {run.classifier.name}
      </Link>{" "}
      on the test images of{" "}
      <Link to="/data-sets/$dataSet" params={{ dataSet: run.data_set.id }}>
        {run.data_set.name}
      </Link>
    </>
  );
}

function Content({ run }: { run: RunDetail }) {
  const queries = useQueryClient();
  const ready = run.state === "finished";
  const job = useLiveJob(ready ? null : run.job_id, () => {
    void queries.invalidateQueries({ queryKey: ["run", run.id] });
    void queries.invalidateQueries({ queryKey: ["runs"] });
  });
  const examples = useQuery({ ...examplesQuery(run.id), enabled: ready });
  const figures = run.figures;
  return (
    <>
      {ready ? null : job.data ? <JobCard job={job.data} here /> : <Loading height={96} />}
      {figures?.warnings.map((warning) => (
        <Notice key={warning} tone="careful">
          {warning}
        </Notice>
      ))}
      {figures ? <Summary figures={figures} /> : null}
      {ready ? <VariantCard run={run} /> : null}
      {run.classes.length > 0 ? <TableOne run={run} /> : null}
      {figures && figures.variants.length > 0 ? <Comparison run={run} variants={figures.variants} /> : null}
      {examples.data ? <ExamplesCard examples={examples.data} /> : null}
      {examples.isError ? <Failed error={examples.error} retry={() => void examples.refetch()} /> : null}
      <Settings run={run} />
    </>
  );
}
