import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { acceptInvitation, type FirstSignIn, invitationQuery } from "../../api/signInLinks";
import type { InvitationLook, Role } from "../../api/types";
import { Button } from "../../components/Button";
import { Failed, Sentence } from "../../components/Failed";
import { Loading } from "../../components/Skeleton";
import { Doorway } from "../sign-in/Doorway";
import { FirstSignInForm } from "../sign-in/FirstSignIn";
import { useEnter } from "../sign-in/SignInPage";

const DOES: Record<Role, string> = {
  owner: "As an owner you can do everything there, and invite people.",
  researcher: "As a researcher you bring data and classifiers, start runs and make boards.",
  analyst: "As an analyst you read figures and take them along.",
  annotator: "As an annotator you group what a network looked at and give it names.",
};

export function InvitationPage() {
  const { token } = useParams({ strict: false }) as { token: string };
  const invitation = useQuery(invitationQuery(token));
  if (invitation.isPending) {
    return (
      <Doorway title="Invitation">
        <Loading height={220} />
      </Doorway>
    );
  }
  if (invitation.isError) {
    return (
      <Doorway title="Invitation">
        <Failed error={invitation.error} retry={() => void invitation.refetch()} />
      </Doorway>
    );
  }
  if (!invitation.data.usable) {
    return (
      <Doorway title="This invitation no longer works">
        <p>It was accepted before, withdrawn, or its time is over. Ask for a new one.</p>
        <p>
          <Link to="/sign-in">Sign in</Link>
        </p>
      </Doorway>
    );
  }
  return <Accept token={token} invitation={invitation.data} />;
}

function Accept({ token, invitation }: { token: string; invitation: InvitationLook }) {
  const enter = useEnter();
  const accept = useMutation({
    mutationFn: (first: FirstSignIn) => acceptInvitation(token, first),
    onSuccess: enter,
  });
  const asked = invitation.invited_by ? `${invitation.invited_by} invites you` : "You are invited";
  return (
    <Doorway title={`Join ${invitation.project ?? "a project"}`}>
      <p>
        {asked} to this project. {invitation.role ? DOES[invitation.role] : null}
      </p>
      {invitation.signed_in_as ? (
        <>
          <p>
            You are signed in as <b>{invitation.signed_in_as}</b>.
          </p>
          <Sentence error={accept.error} />
          <div>
            <Button look="main" busy={accept.isPending} onClick={() => accept.mutate({})}>
              Join the project
            </Button>
          </div>
        </>
      ) : (
        <>
          <p>
            You have an account here already?{" "}
            <Link to="/sign-in" search={{ to: `/invitations/${token}` }}>
              Sign in first
            </Link>
            , then you can join.
          </p>
          <FirstSignInForm
            verb="Join the project"
            busy={accept.isPending}
            error={accept.error}
            submit={(first) => accept.mutate(first)}
          />
        </>
      )}
    </Doorway>
  );
}
