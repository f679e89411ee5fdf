import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { makeRound, membersQuery } from "../../api/namings";
import { runQuery, runsQuery } from "../../api/runs";
import type { MyProject, Run } from "../../api/types";
import { useProject } from "../../app/project";
import { Button } from "../../components/Button";
import { Empty } from "../../components/Empty";
import { Failed, Sentence } from "../../components/Failed";
import { SelectField, TextArea, TextField } from "../../components/Field";
import { Form } from "../../components/Form";
import { many } from "../../components/format";
import { LinkButton } from "../../components/LinkButton";
import { Card, type Help, Page } from "../../components/Page";
import { Loading, Skeleton } from "../../components/Skeleton";
import { ClassChooser, PeopleChooser } from "./Choosers";
import { FoldedTexts } from "./FoldedTexts";
import { askedFor, type Draft, emptyDraft, nameable, type Problems, problems } from "./form";

const HELP: Help = [
  "Everybody you choose gets one board for each class you choose, with the same maps in an order of their own.",
  "Nobody sees what others name, and while a board is open its annotator sees no figures of the run.",
  "Instructions stand on every board; notes on a class stand on the boards of that class.",
];

export function NewRoundPage() {
  const project = useProject();
  return (
    <Page title="New naming round" above={<Link to="/naming-rounds">Naming rounds</Link>} help={HELP} narrow>
      {project ? <WithRuns project={project} /> : null}
    </Page>
  );
}

function WithRuns({ project }: { project: MyProject }) {
  const runs = useQuery(runsQuery(project.id));
  if (runs.isPending) return <Loading height={72} count={4} />;
  if (runs.isError) return <Failed error={runs.error} retry={() => void runs.refetch()} />;
  const ready = runs.data.items.filter((run) => run.state === "finished" && !run.needs_choice);
  if (ready.length === 0) {
    return (
      <Empty
        title="A finished run comes first"
        action={
          <LinkButton to="/runs" look="main">
            Runs
          </LinkButton>
        }
      >
        The maps that people name come from a run. Start one, or choose on its page which maps go on boards.
      </Empty>
    );
  }
  return <RoundForm project={project} runs={ready} />;
}

function RoundForm({ project, runs }: { project: MyProject; runs: readonly Run[] }) {
  const { run: asked } = useSearch({ strict: false }) as { run?: string };
  const first = runs.find((each) => each.id === asked) ?? runs[0];
  const [draft, setDraft] = useState<Draft>({ ...emptyDraft, run: first?.id ?? "" });
  const [tried, setTried] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const run = useQuery(runQuery(draft.run));
  const members = useQuery(membersQuery(project.id));
  const found = problems(draft);
  const shown: Problems = tried ? found : {};
  const change = (next: Partial<Draft>) => setDraft((before) => ({ ...before, ...next }));

  // All classes of a run are chosen until somebody says otherwise.
  const classes = run.data?.classes;
  useEffect(() => {
    if (!classes) return;
    const all = nameable({ classes }).map((row) => row.position);
    setDraft((before) => ({ ...before, classes: new Set(all), notes: {} }));
  }, [classes]);

  const make = useMutation({
    mutationFn: () => makeRound(askedFor(draft)),
    onSuccess: async (round) => {
      await queries.invalidateQueries({ queryKey: ["naming-rounds"] });
      await queries.invalidateQueries({ queryKey: ["boards"] });
      await navigate({ to: "/naming-rounds/$round", params: { round: round.id } });
    },
  });
  const submit = () => {
    setTried(true);
    if (Object.keys(found).length === 0) make.mutate();
  };
  const boards = draft.annotators.size * draft.classes.size;
  return (
    <Card>
      <Form
        submit={submit}
        error={make.error}
        actions={
          <>
            <Button type="submit" look="main" busy={make.isPending}>
              {boards > 0 ? `Give ${many(boards, "board")}` : "Give boards"}
            </Button>
            <LinkButton to="/naming-rounds">Cancel</LinkButton>
          </>
        }
      >
        <TextField
          label="Name"
          maxLength={200}
          value={draft.name}
          onValue={(name) => change({ name })}
          error={shown.name}
        />
        <SelectField
          label="Run"
          hint="Its maps are named."
          value={draft.run}
          onValue={(next) => change({ run: next, classes: new Set() })}
          options={runs.map((each) => ({ value: each.id, label: `${each.name} (${each.classifier.name})` }))}
        />
        <Sentence error={run.error} />
        {run.data ? (
          <ClassChooser
            run={run.data}
            chosen={draft.classes}
            onChosen={(next) => change({ classes: next })}
            error={shown.classes}
          />
        ) : (
          <Skeleton height={80} />
        )}
        <PeopleChooser
          project={project}
          chosen={draft.annotators}
          onChosen={(annotators) => change({ annotators })}
          error={shown.annotators}
        />
        <TextArea
          label="Instructions (optional)"
          hint="What everybody reads before they begin: what a concept is, when to discard a map."
          value={draft.instructions}
          onValue={(instructions) => change({ instructions })}
        />
        {run.data ? (
          <FoldedTexts
            title="Notes on classes"
            items={nameable(run.data)
              .filter((row) => draft.classes.has(row.position))
              .map((row) => ({ key: String(row.position), label: row.name }))}
            texts={draft.notes}
            onTexts={(notes) => change({ notes })}
          />
        ) : null}
        <FoldedTexts
          title="For one annotator alone"
          items={(members.data ?? [])
            .filter((each) => draft.annotators.has(each.account_id))
            .map((each) => ({ key: each.account_id, label: each.name || "No name yet" }))}
          texts={draft.own}
          onTexts={(own) => change({ own })}
        />
      </Form>
    </Card>
  );
}
