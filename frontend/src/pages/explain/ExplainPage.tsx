import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { explanationQuery } from "../../api/explanations";
import { asProblem } from "../../api/problem";
import { namersQuery, runQuery } from "../../api/runs";
import type { Explanation, Variant } from "../../api/types";
import { useShownProject } from "../../app/project";
import { Failed } from "../../components/Failed";
import { SelectField } from "../../components/Field";
import { fixed, many, percent } from "../../components/format";
import { Notice, Tag } from "../../components/Notice";
import { Card, type Help, Page } from "../../components/Page";
import { Segmented } from "../../components/Segmented";
import { Loading } from "../../components/Skeleton";
import { MapControls } from "../../maps/MapControls";
import { MapTile } from "../../maps/MapTile";
import { NotFoundPage } from "../not-found/NotFoundPage";
import { Blinded, isBlinded } from "./Blinded";
import styles from "./Explain.module.css";
import { FeatureCard } from "./FeatureCard";

const HELP: Help = [
  "The score of this image’s label, taken apart into the X-features that hold most of it.",
  "Each picture shows where one X-feature looks; the bar is its share of the positive score.",
  "Names are those an annotator gave to the concept in which this map lies; “other” where there is none.",
];

interface ExplainSearch {
  naming?: string;
  maps?: Variant;
}

export function ExplainPage() {
  const { run: runId, image } = useParams({ strict: false }) as { run: string; image: string };
  const search = useSearch({ strict: false }) as ExplainSearch;
  const run = useQuery(runQuery(runId));
  const found = useQuery({
    ...explanationQuery(runId, image, search.naming),
    placeholderData: keepPreviousData,
  });
  useShownProject(run.data?.project_id);
  if (found.isError && asProblem(found.error).status === 404) return <NotFoundPage />;
  const blinded = isBlinded(found.error);
  return (
    <Page
      title={found.data?.file_name ?? "Explanation of an image"}
      above={
        <Link
          to="/explain/$run"
          params={{ run: runId }}
          search={search.naming ? { naming: search.naming } : {}}
        >
          Explanations of {run.data?.name ?? "this run"}
        </Link>
      }
      help={HELP}
    >
      {found.isPending ? <Loading height={320} /> : null}
      {blinded ? <Blinded run={runId} project={run.data?.project_id} /> : null}
      {found.isError && !blinded ? <Failed error={found.error} retry={() => void found.refetch()} /> : null}
      {found.data && !blinded ? <Content explanation={found.data} search={search} /> : null}
    </Page>
  );
}

function Content({ explanation, search }: { explanation: Explanation; search: ExplainSearch }) {
  const variant = search.maps ?? explanation.variant ?? "plain";
  return (
    <>
      <div className={styles.top}>
        <Photograph explanation={explanation} />
        <Verdict explanation={explanation} />
      </div>
      <Card
        title={`Why ${explanation.label}`}
        lead={leadOf(explanation)}
        actions={<Choices run={explanation.run_id} search={search} variant={variant} />}
      >
        <div className={styles.controls}>
          <MapControls />
        </div>
        {explanation.features.length === 0 ? (
          <Notice>There is no positive evidence for this label: no X-feature adds to its score.</Notice>
        ) : (
          <ul className={styles.features}>
            {explanation.features.map((feature) => (
              <FeatureCard
                key={feature.map_id}
                feature={feature}
                explanation={explanation}
                variant={variant}
              />
            ))}
          </ul>
        )}
        <Others explanation={explanation} />
      </Card>
    </>
  );
}

function leadOf(explanation: Explanation): string {
  const { features, score, rebuilt_score: rebuilt } = explanation;
  const held = features.reduce((sum, feature) => sum + feature.share, 0);
  return `${many(features.length, "significant X-feature")}, together ${percent(held, 0)} of the positive score. Score ${fixed(score)}${rebuilt === null ? "" : `, rebuilt from X-features ${fixed(rebuilt)}`}.`;
}

function Photograph({ explanation }: { explanation: Explanation }) {
  return (
    <figure>
      <MapTile
        picture={explanation.picture_url}
        cells={null}
        size={300}
        label={`The image, labelled ${explanation.label}`}
      />
      <figcaption className={styles.caption}>As the network saw it</figcaption>
    </figure>
  );
}

function Verdict({ explanation }: { explanation: Explanation }) {
  const { predicted, label, right, fine_label: fine } = explanation;
  return (
    <div className={styles.verdict}>
      <p>The network says</p>
      <p className={styles.big}>{predicted.name}</p>
      <p>with probability {percent(predicted.probability)}</p>
      <p className={styles.label}>
        Labelled <b>{label}</b>
        {fine ? `, ${fine}` : ""} {right ? <Tag tone="good">right</Tag> : <Tag tone="careful">wrong</Tag>}
      </p>
    </div>
  );
}

function Choices({ run, search, variant }: { run: string; search: ExplainSearch; variant: Variant }) {
  const navigate = useNavigate();
  const namers = useQuery(namersQuery(run));
  const choose = (change: ExplainSearch | { naming: "" }) => {
    const clean = Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value));
    void navigate({ to: ".", search: clean as never, replace: true, resetScroll: false });
  };
  return (
    <div className={styles.choices}>
      <SelectField
        label="Names by"
        value={search.naming ?? ""}
        onValue={(naming) => choose({ naming })}
        options={[
          { value: "", label: "Nobody" },
          ...(namers.data ?? []).map((each) => ({
            value: each.annotator,
            label: each.name ?? each.annotator,
          })),
        ]}
      />
      <Segmented
        label="Maps"
        value={variant}
        onValue={(maps) => choose({ maps })}
        options={[
          { value: "plain", label: "Plain" },
          { value: "contrastive", label: "Contrastive" },
        ]}
      />
    </div>
  );
}

function Others({ explanation }: { explanation: Explanation }) {
  const against = explanation.others.filter((each) => each.contribution < 0);
  const small = explanation.others.filter((each) => each.contribution >= 0);
  const term = (each: { number: number | null; contribution: number }) =>
    `${each.number === null ? "one" : `X-feature ${each.number}`} ${fixed(each.contribution)}`;
  return (
    <div className={styles.others}>
      {against.length > 0 ? <p>Against the label: {against.map(term).join(", ")}.</p> : null}
      {small.length > 0 ? <p>Too small to count: {small.map(term).join(", ")}.</p> : null}
      {explanation.lost > 0 ? (
        <p>{many(explanation.lost, "significant X-feature")} left nothing on a map and cannot be shown.</p>
      ) : null}
    </div>
  );
}
