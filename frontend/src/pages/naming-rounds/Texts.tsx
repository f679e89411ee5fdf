import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Pencil } from "lucide-react";
import { useState } from "react";
import { describeRound, roundQuery } from "../../api/namings";
import type { NamingRoundDetail } from "../../api/types";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { TextArea, TextField } from "../../components/Field";
import { Form } from "../../components/Form";
import { Card } from "../../components/Page";
import { FoldedTexts } from "./FoldedTexts";
import { kept, textsOf } from "./form";
import styles from "./NamingRounds.module.css";

interface TextsProps {
  round: NamingRoundDetail;
  mayEdit: boolean;
}

/** What annotators read, and the way to change it. */
export function Texts({ round, mayEdit }: TextsProps) {
  const [editing, setEditing] = useState(false);
  const notes = [
    ...round.classes.map(({ position, name }) => ({ about: name, text: round.class_notes[position] })),
    ...round.annotators.map(({ account_id, annotator, name }) => ({
      about: `${name ?? annotator} alone`,
      text: account_id ? round.annotator_instructions[account_id] : undefined,
    })),
  ].filter((each) => each.text);
  return (
    <Card
      title="What annotators read"
      actions={
        mayEdit ? (
          <Button icon={<Pencil aria-hidden />} onClick={() => setEditing(true)}>
            Edit name and texts
          </Button>
        ) : null
      }
    >
      <p className={`${styles.text} ${round.instructions ? "written" : styles.hint}`}>
        {round.instructions || "No instructions: annotators see only how a board works."}
      </p>
      {notes.length > 0 ? (
        <dl className={styles.texts}>
          {notes.map(({ about, text }) => (
            <div key={about}>
              <dt>{about}</dt>
              <dd className={`${styles.text} written`}>{text}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {editing ? <EditDialog round={round} close={() => setEditing(false)} /> : null}
    </Card>
  );
}

function EditDialog({ round, close }: { round: NamingRoundDetail; close: () => void }) {
  const [texts, setTexts] = useState(() => textsOf(round));
  const queries = useQueryClient();
  const classes = round.classes.map((each) => ({ key: String(each.position), label: each.name }));
  const people = round.annotators.flatMap(({ account_id, annotator, name }) =>
    account_id ? [{ key: account_id, label: name ?? annotator }] : [],
  );
  const keys = (items: readonly { key: string }[]) => new Set(items.map((each) => each.key));
  const save = useMutation({
    mutationFn: () =>
      describeRound(round.id, {
        name: texts.name.trim(),
        instructions: texts.instructions.trim(),
        class_notes: kept(texts.class_notes, keys(classes)),
        annotator_instructions: kept(texts.annotator_instructions, keys(people)),
      }),
    onSuccess: async (next) => {
      queries.setQueryData(roundQuery(round.id).queryKey, next);
      await queries.invalidateQueries({ queryKey: ["naming-rounds"] });
      close();
    },
  });
  const named = texts.name.trim() !== "";
  return (
    <Dialog
      open
      onOpenChange={close}
      wide
      title="Edit name and texts"
      description="Open boards show the new texts the next time they are loaded."
    >
      <Form
        submit={() => named && save.mutate()}
        error={save.error}
        actions={
          <>
            <Button type="submit" look="main" busy={save.isPending}>
              Save
            </Button>
            <Button onClick={close}>Cancel</Button>
          </>
        }
      >
        <TextField
          label="Name"
          maxLength={200}
          value={texts.name}
          onValue={(name) => setTexts({ ...texts, name })}
          error={named ? undefined : "A round needs a name."}
        />
        <TextArea
          label="Instructions"
          rows={6}
          value={texts.instructions}
          onValue={(instructions) => setTexts({ ...texts, instructions })}
        />
        <FoldedTexts
          title="Notes on classes"
          items={classes}
          texts={texts.class_notes}
          onTexts={(class_notes) => setTexts({ ...texts, class_notes })}
        />
        <FoldedTexts
          title="For one annotator alone"
          items={people}
          texts={texts.annotator_instructions}
          onTexts={(annotator_instructions) => setTexts({ ...texts, annotator_instructions })}
        />
      </Form>
    </Dialog>
  );
}
