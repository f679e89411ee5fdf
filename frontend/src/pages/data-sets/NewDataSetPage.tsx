import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { dataSetsQuery, importDataSet } from "../../api/dataSets";
import { useProject } from "../../app/project";
import { Button } from "../../components/Button";
import { FileField, TextField } from "../../components/Field";
import { Form } from "../../components/Form";
import { bytes } from "../../components/format";
import { LinkButton } from "../../components/LinkButton";
import { Card, type Help, Page } from "../../components/Page";
import { UploadProgress } from "../../components/UploadProgress";
import { changed, type Draft, emptyDraft, problems, splitOf } from "./form";
import { SplitChoice } from "./SplitChoice";

const HELP: Help = [
  "Bring images as a zip file with one folder per label; a second level of folders becomes the fine label.",
  "Every file that can't be read is listed with its reason, and the rest is imported.",
  "Importing the same archive again makes no duplicates, so a broken upload can simply be repeated.",
];

export function NewDataSetPage() {
  const project = useProject();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [tried, setTried] = useState(false);
  const [sent, setSent] = useState(0);
  const stop = useRef<AbortController | null>(null);
  const found = problems(draft);
  const shown = tried ? found : {};
  const bring = useMutation({
    mutationFn: ({ archive, into }: { archive: File; into: string }) => {
      stop.current = new AbortController();
      setSent(0);
      const asked = {
        project: into,
        name: draft.name.trim(),
        note: draft.note.trim(),
        archive,
        labels: draft.labels,
        split: splitOf(draft),
      };
      return importDataSet(asked, setSent, stop.current.signal);
    },
    onSuccess: async (asked) => {
      if (project) await queries.invalidateQueries({ queryKey: dataSetsQuery(project.id).queryKey });
      await navigate({ to: "/data-sets/$dataSet", params: { dataSet: asked.data_set_id } });
    },
  });
  const submit = () => {
    setTried(true);
    if (Object.keys(found).length === 0 && draft.archive && project) {
      bring.mutate({ archive: draft.archive, into: project.id });
    }
  };
  const change = (next: Partial<Draft>) => setDraft((before) => changed(before, next));
  const stopped = bring.error instanceof DOMException;
  return (
    <Page title="New data set" above={<Link to="/data-sets">Data sets</Link>} help={HELP} narrow>
      <Card>
        <Form
          submit={submit}
          error={stopped ? null : bring.error}
          actions={
            bring.isPending ? (
              <Button onClick={() => stop.current?.abort()}>Stop the upload</Button>
            ) : (
              <>
                <Button type="submit" look="main">
                  Upload and import
                </Button>
                <LinkButton to="/data-sets">Cancel</LinkButton>
              </>
            )
          }
        >
          <FileField
            label="Images"
            hint={
              draft.archive
                ? `${draft.archive.name}, ${bytes(draft.archive.size)}`
                : "A zip file: one folder per label, pictures inside. Drop it here or choose it."
            }
            accept=".zip,application/zip"
            file={draft.archive}
            onFile={(archive) => change({ archive })}
            error={shown.archive}
          />
          <TextField
            label="Name"
            maxLength={100}
            value={draft.name}
            onValue={(name) => change({ name })}
            error={shown.name}
          />
          <TextField
            label="Note (optional)"
            hint="Where the images come from, what one should know about them."
            maxLength={4000}
            value={draft.note}
            onValue={(note) => change({ note })}
          />
          <SplitChoice draft={draft} change={change} problems={shown} />
          <FileField
            label="Table of labels (optional)"
            hint="A CSV file with the columns file and fine_label, if finer labels than the folders are known. People who annotate never see them."
            accept=".csv,text/csv"
            file={draft.labels}
            onFile={(labels) => change({ labels })}
          />
          {bring.isPending ? <UploadProgress share={sent} size={draft.archive?.size ?? 0} /> : null}
        </Form>
      </Card>
    </Page>
  );
}
