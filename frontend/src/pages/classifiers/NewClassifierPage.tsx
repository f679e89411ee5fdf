import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { architecturesQuery, classifiersQuery, importClassifier } from "../../api/classifiers";
import { dataSetsQuery } from "../../api/dataSets";
import type { MyProject } from "../../api/types";
import { useProject } from "../../app/project";
import { Button } from "../../components/Button";
import { Empty } from "../../components/Empty";
import { Failed } from "../../components/Failed";
import { FileField, SelectField, TextArea, TextField } from "../../components/Field";
import { Form } from "../../components/Form";
import { bytes } from "../../components/format";
import { LinkButton } from "../../components/LinkButton";
import { Card, type Help, Page } from "../../components/Page";
import { Loading } from "../../components/Skeleton";
import { UploadProgress } from "../../components/UploadProgress";
import { changed, type Draft, emptyDraft, namesOf, problems } from "./form";

const HELP: Help = [
  "Weights are read as safetensors, or as a PyTorch checkpoint that holds tensors only; no program in a file is ever run.",
  "The architecture says how the weights belong together; if one does not fit, the first missing or wrong tensors are named.",
  "After the upload every image of the data set is classified once.",
];

export function NewClassifierPage() {
  const project = useProject();
  return (
    <Page title="New classifier" above={<Link to="/classifiers">Classifiers</Link>} help={HELP} narrow>
      {project ? <WithChoices project={project} /> : null}
    </Page>
  );
}

function WithChoices({ project }: { project: MyProject }) {
  const sets = useQuery(dataSetsQuery(project.id));
  const architectures = useQuery(architecturesQuery);
  const error = sets.error ?? architectures.error;
  if (error)
    return <Failed error={error} retry={() => void Promise.all([sets.refetch(), architectures.refetch()])} />;
  if (!sets.data || !architectures.data) return <Loading height={72} count={5} />;
  const ready = sets.data.items.filter((set) => set.state === "finished");
  if (ready.length === 0) {
    return (
      <Empty
        title="A data set comes first"
        action={
          <LinkButton to="/data-sets/new" look="main">
            New data set
          </LinkButton>
        }
      >
        A classifier belongs to the data set whose labels it tells apart. Import one, then come back.
      </Empty>
    );
  }
  return (
    <ClassifierForm
      project={project}
      sets={ready.map((set) => ({ value: set.id, label: set.name }))}
      architectures={architectures.data.map((each) => ({ value: each.name, label: each.title }))}
    />
  );
}

interface ClassifierFormProps {
  project: MyProject;
  sets: { value: string; label: string }[];
  architectures: { value: string; label: string }[];
}

const CHOOSE = { value: "", label: "Choose" };

function ClassifierForm({ project, sets, architectures }: ClassifierFormProps) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Draft>({
    ...emptyDraft,
    dataSet: sets.length === 1 ? (sets[0]?.value ?? "") : "",
  });
  const [tried, setTried] = useState(false);
  const [sent, setSent] = useState(0);
  const stop = useRef<AbortController | null>(null);
  const found = problems(draft);
  const shown = tried ? found : {};
  const change = (next: Partial<Draft>) => setDraft((before) => changed(before, next));
  const bring = useMutation({
    mutationFn: (weights: File) => {
      stop.current = new AbortController();
      setSent(0);
      const { architecture, dataSet } = draft;
      const classNames = namesOf(draft.classNames);
      const asked = { name: draft.name.trim(), architecture, dataSet, weights, classNames };
      return importClassifier(asked, setSent, stop.current.signal);
    },
    onSuccess: async (asked) => {
      await queries.invalidateQueries({ queryKey: classifiersQuery(project.id).queryKey });
      await navigate({ to: "/classifiers/$classifier", params: { classifier: asked.classifier_id } });
    },
  });
  const submit = () => {
    setTried(true);
    if (Object.keys(found).length === 0 && draft.weights) bring.mutate(draft.weights);
  };
  return (
    <Card>
      <Form
        submit={submit}
        error={bring.error instanceof DOMException ? null : bring.error}
        actions={
          bring.isPending ? (
            <Button onClick={() => stop.current?.abort()}>Stop the upload</Button>
          ) : (
            <>
              <Button type="submit" look="main">
                Upload and classify
              </Button>
              <LinkButton to="/classifiers">Cancel</LinkButton>
            </>
          )
        }
      >
        <FileField
          label="Weights"
          hint={
            draft.weights
              ? `${draft.weights.name}, ${bytes(draft.weights.size)}`
              : "A safetensors file or a PyTorch checkpoint. Drop it here or choose it."
          }
          file={draft.weights}
          onFile={(weights) => change({ weights })}
          error={shown.weights}
        />
        <TextField
          label="Name"
          maxLength={100}
          value={draft.name}
          onValue={(name) => change({ name })}
          error={shown.name}
        />
        <SelectField
          label="Architecture"
          value={draft.architecture}
          options={[CHOOSE, ...architectures]}
          onValue={(architecture) => change({ architecture })}
          error={shown.architecture}
        />
        <SelectField
          label="Data set"
          hint="Its test images are explained; its labels are the classes."
          value={draft.dataSet}
          options={[CHOOSE, ...sets]}
          onValue={(dataSet) => change({ dataSet })}
          error={shown.dataSet}
        />
        <TextArea
          label="Names of the classes (optional)"
          hint="One per line, in the order of the network's outputs. Without them the labels are taken in alphabetical order."
          value={draft.classNames}
          onValue={(classNames) => change({ classNames })}
        />
        {bring.isPending ? <UploadProgress share={sent} size={draft.weights?.size ?? 0} /> : null}
      </Form>
    </Card>
  );
}
