import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { createProject, deleteProject, renameProject } from "../../api/projects";
import type { MyProject, Project } from "../../api/types";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import { Form } from "../../components/Form";

interface DialogProps {
  close: () => void;
  done: () => void;
}

interface CreateProjectProps {
  close: () => void;
  done: (project: Project) => void;
}

export function CreateProject({ close, done }: CreateProjectProps) {
  const [name, setName] = useState("");
  const create = useMutation({ mutationFn: () => createProject(name.trim()), onSuccess: done });
  return (
    <Dialog open onOpenChange={close} title="New project">
      <Form
        submit={() => create.mutate()}
        error={create.error}
        actions={
          <>
            <Button type="submit" look="main" busy={create.isPending} disabled={!name.trim()}>
              Create
            </Button>
            <Button onClick={close}>Cancel</Button>
          </>
        }
      >
        <TextField
          label="Name"
          hint="For example what the images show."
          maxLength={100}
          value={name}
          onValue={setName}
        />
      </Form>
    </Dialog>
  );
}

export function RenameProject({ project, close, done }: DialogProps & { project: MyProject }) {
  const [name, setName] = useState(project.name);
  const rename = useMutation({ mutationFn: () => renameProject(project.id, name.trim()), onSuccess: done });
  return (
    <Dialog open onOpenChange={close} title="Rename the project">
      <Form
        submit={() => rename.mutate()}
        error={rename.error}
        actions={
          <>
            <Button type="submit" look="main" busy={rename.isPending} disabled={!name.trim()}>
              Rename
            </Button>
            <Button onClick={close}>Cancel</Button>
          </>
        }
      >
        <TextField label="Name" maxLength={100} value={name} onValue={setName} />
      </Form>
    </Dialog>
  );
}

export function DeleteProject({ project, close, done }: DialogProps & { project: MyProject }) {
  const [typed, setTyped] = useState("");
  const remove = useMutation({ mutationFn: () => deleteProject(project.id, typed), onSuccess: done });
  return (
    <Dialog
      open
      onOpenChange={close}
      title={`Delete ${project.name}`}
      description="Its data sets, classifiers, runs and boards disappear for everyone in it. You can bring it back for 30 days."
    >
      <Form
        submit={() => remove.mutate()}
        error={remove.error}
        actions={
          <>
            <Button
              type="submit"
              look="wrong"
              busy={remove.isPending}
              disabled={typed.trim() !== project.name}
            >
              Delete the project
            </Button>
            <Button onClick={close}>Cancel</Button>
          </>
        }
      >
        <TextField
          label="Name of the project"
          hint={`Type “${project.name}” so that nothing is deleted by mistake.`}
          autoComplete="off"
          value={typed}
          onValue={setTyped}
        />
      </Form>
    </Dialog>
  );
}
