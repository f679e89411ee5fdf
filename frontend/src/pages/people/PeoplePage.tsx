import { useQuery, useQueryClient } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { peopleQuery } from "../../api/people";
import { useProject } from "../../app/project";
import { Button } from "../../components/Button";
import { Failed } from "../../components/Failed";
import { type Help, Page } from "../../components/Page";
import { Loading } from "../../components/Skeleton";
import { Invitations } from "./Invitations";
import { InviteDialog } from "./InviteDialog";
import { Members } from "./Members";

const HELP: Help = [
  "Everyone in this project, and what each may do.",
  "An invitation is a link that you send yourself; it lets one person in, once, in the role you chose.",
  "Whoever annotates sees no fine labels, no X-features and nobody else's names while a board is open.",
];

export function PeoplePage() {
  const project = useProject();
  const [inviting, setInviting] = useState(false);
  return (
    <Page
      title="People"
      lead={project?.name}
      help={HELP}
      actions={
        <Button
          look="main"
          icon={<UserPlus aria-hidden />}
          onClick={() => setInviting(true)}
          disabled={!project}
        >
          Invite
        </Button>
      }
    >
      {project ? <Everyone project={project.id} /> : null}
      {inviting && project ? <InviteDialog project={project} close={() => setInviting(false)} /> : null}
    </Page>
  );
}

function Everyone({ project }: { project: string }) {
  const people = useQuery(peopleQuery(project));
  const queries = useQueryClient();
  const changed = () => void queries.invalidateQueries({ queryKey: peopleQuery(project).queryKey });
  if (people.isPending) return <Loading height={64} count={4} />;
  if (people.isError) return <Failed error={people.error} retry={() => void people.refetch()} />;
  return (
    <>
      <Members project={project} members={people.data.members} changed={changed} />
      <Invitations invitations={people.data.invitations} changed={changed} />
    </>
  );
}
