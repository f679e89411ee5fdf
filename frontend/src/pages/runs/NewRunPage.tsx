import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { classifiersQuery } from "../../api/classifiers";
import { runQuery, runsQuery, startRun } from "../../api/runs";
import type { Classifier, MyProject } from "../../api/types";
import { useProject } from "../../app/project";
import { Button } from "../../components/Button";
import { Empty } from "../../components/Empty";
import { Failed } from "../../components/Failed";
import { SelectField, TextField } from "../../components/Field";
import { Form } from "../../components/Form";
import { LinkButton } from "../../components/LinkButton";
import { Card, type Help, Page } from "../../components/Page";
import { Segmented } from "../../components/Segmented";
import { Loading } from "../../components/Skeleton";
import { askedFor, type Draft, emptyDraft, problems } from "./form";
import styles from "./NewRunPage.module.css";

const HELP: Help = [
  "For each class the run trains a small explaining network whose X-features rebuild the class’s score.",
  "Then it follows each significant X-feature of each test image back to the places it rests on.",
  "The settings given are good for most classifiers; the page of the run says how faithful they were.",
];

export function NewRunPage() {
  const project = useProject();
  return (
    <Page title="New run" above={<Link to="/runs">Runs</Link>} help={HELP} narrow>
      {project ? <WithClassifiers project={project} /> : null}
    </Page>
  );
}

function WithClassifiers({ project }: { project: MyProject }) {
  const found = useQuery(classifiersQuery(project.id));
  if (found.isPending) return <Loading height={72} count={4} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const ready = found.data.items.filter((each) => each.state === "finished");
  if (ready.length === 0) {
    return (
      <Empty
        title="A classifier comes first"
        action={
          <LinkButton to="/classifiers/new" look="main">
            New classifier
          </LinkButton>
        }
      >
        A run explains a classifier whose images are all classified. Bring one, then come back.
      </Empty>
    );
  }
  return <RunForm project={project} classifiers={ready} />;
}

function RunForm({ project, classifiers }: { project: MyProject; classifiers: readonly Classifier[] }) {
  const { classifier } = useSearch({ strict: false }) as { classifier?: string };
  const known = classifiers.some((each) => each.id === classifier) ? classifier : classifiers[0]?.id;
  const [draft, setDraft] = useState<Draft>({ ...emptyDraft, classifier: known ?? "" });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const found = problems(draft);
  const change = (next: Partial<Draft>) => setDraft((before) => ({ ...before, ...next }));
  const start = useMutation({
    mutationFn: () => startRun(askedFor(draft, project.id)),
    onSuccess: async ({ run_id }) => {
      await queries.invalidateQueries({ queryKey: runsQuery(project.id).queryKey });
      await navigate({ to: "/runs/$run", params: { run: run_id } });
    },
  });
  return (
    <Card>
      <Form
        submit={() => Object.keys(found).length === 0 && start.mutate()}
        error={start.error}
        actions={
          <>
            <Button type="submit" look="main" busy={start.isPending}>
              Start the run
            </Button>
            <LinkButton to="/runs">Cancel</LinkButton>
          </>
        }
      >
        <SelectField
          label="Classifier"
          value={draft.classifier}
          onValue={(value) => change({ classifier: value, stop: "" })}
          options={classifiers.map((each) => ({
            value: each.id,
            label: `${each.name} (${each.data_set_name})`,
          }))}
        />
        <TextField
          label="Name (optional)"
          maxLength={200}
          value={draft.name}
          onValue={(name) => change({ name })}
        />
        <Segmented
          label="Maps on boards"
          value={draft.variant}
          onValue={(variant) => change({ variant })}
          options={[
            { value: "automatic", label: "Automatic" },
            { value: "plain", label: "Plain" },
            { value: "contrastive", label: "Contrastive" },
          ]}
        />
        <p className={styles.says}>{SAYS[draft.variant]}</p>
        <details className={styles.more}>
          <summary>More settings</summary>
          <div className={styles.settings}>
            <TextField
              label="X-features per class"
              inputMode="numeric"
              value={draft.xFeatures}
              onValue={(xFeatures) => change({ xFeatures })}
              error={found.xFeatures}
            />
            <TextField
              label="Share of the score, per cent"
              hint="The significant X-features of an image together hold this much of its positive score."
              inputMode="decimal"
              value={draft.sharePercent}
              onValue={(sharePercent) => change({ sharePercent })}
              error={found.sharePercent}
            />
            <StopField project={project} draft={draft} change={change} />
            <TextField
              label="Seed"
              inputMode="numeric"
              value={draft.seed}
              onValue={(seed) => change({ seed })}
              error={found.seed}
            />
          </div>
        </details>
      </Form>
    </Card>
  );
}

const SAYS: Record<Draft["variant"], string> = {
  automatic:
    "Both variants are computed. Plain maps go on the boards, unless those of one image are nearly the same picture; then contrastive ones where masks show that they point at least as well, and otherwise you choose.",
  plain: "Where an X-feature looks, whatever the others look at.",
  contrastive: "Where an X-feature looks more than the rest of the network does.",
};

interface StopFieldProps {
  project: MyProject;
  draft: Draft;
  change: (change: Partial<Draft>) => void;
}

/** Legal stops are known from an earlier run of the same classifier. */
function StopField({ project, draft, change }: StopFieldProps) {
  const runs = useQuery(runsQuery(project.id));
  const earlier = runs.data?.items.find(
    (run) => run.classifier.id === draft.classifier && run.state === "finished",
  );
  const run = useQuery({ ...runQuery(earlier?.id ?? ""), enabled: earlier !== undefined });
  const stops = run.data?.stops ?? [];
  return (
    <SelectField
      label="Where maps are taken"
      hint={
        stops.length > 0
          ? "Nearer to the image gives finer maps, and noisier ones."
          : "The network’s own default. After a first run of this classifier the other places can be chosen."
      }
      value={draft.stop}
      onValue={(stop) => change({ stop })}
      options={[
        { value: "", label: "Default of the network" },
        ...stops.map((stop) => ({
          value: stop.name,
          label: `${stop.name}, ${stop.height} × ${stop.width} cells`,
        })),
      ]}
    />
  );
}
