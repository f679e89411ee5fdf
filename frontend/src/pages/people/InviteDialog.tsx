import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { invite, peopleQuery } from "../../api/people";
import type { MyProject, Role } from "../../api/types";
import { Button } from "../../components/Button";
import { CopyField } from "../../components/CopyField";
import { Dialog } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import { Form } from "../../components/Form";
import { Segmented } from "../../components/Segmented";
import { ROLES } from "./roles";

export function InviteDialog({ project, close }: { project: MyProject; close: () => void }) {
  const queries = useQueryClient();
  const [role, setRole] = useState<Role>("annotator");
  const [note, setNote] = useState("");
  const make = useMutation({
    mutationFn: () => invite(project.id, role, note.trim()),
    onSuccess: () => void queries.invalidateQueries({ queryKey: peopleQuery(project.id).queryKey }),
  });
  if (make.data) {
    return (
      <Dialog
        open
        onOpenChange={close}
        title="The invitation is ready"
        description="Send this link to one person. It works once, and it is shown only here."
        footer={
          <Button look="main" onClick={close}>
            Done
          </Button>
        }
      >
        <CopyField value={make.data.link} label="Invitation link" />
      </Dialog>
    );
  }
  return (
    <Dialog open onOpenChange={close} title={`Invite to ${project.name}`} wide>
      <Form
        submit={() => make.mutate()}
        error={make.error}
        actions={
          <>
            <Button type="submit" look="main" busy={make.isPending}>
              Make the link
            </Button>
            <Button onClick={close}>Cancel</Button>
          </>
        }
      >
        <div>
          <Segmented
            label="Role"
            value={role}
            onValue={setRole}
            options={ROLES.map((each) => ({ value: each.role, label: each.label }))}
          />
          <p>{ROLES.find((each) => each.role === role)?.does}</p>
        </div>
        <TextField
          label="For whom"
          hint="A note for you, such as a name; the invited person does not see it."
          maxLength={200}
          value={note}
          onValue={setNote}
        />
      </Form>
    </Dialog>
  );
}
