import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { type FirstSignIn, signInByLink, signInLinkQuery } from "../../api/signInLinks";
import { Button } from "../../components/Button";
import { Failed, Sentence } from "../../components/Failed";
import { Loading } from "../../components/Skeleton";
import { Doorway } from "./Doorway";
import { FirstSignInForm } from "./FirstSignIn";
import { useEnter } from "./SignInPage";

/** A one-time link: looking at it uses nothing up, the button does. */
export function SignInLinkPage() {
  const { token } = useParams({ strict: false }) as { token: string };
  const link = useQuery(signInLinkQuery(token));
  const enter = useEnter();
  const use = useMutation({
    mutationFn: (first: FirstSignIn) => signInByLink(token, first),
    onSuccess: enter,
  });
  if (link.isPending) {
    return (
      <Doorway title="Sign in">
        <Loading height={220} />
      </Doorway>
    );
  }
  if (link.isError) {
    return (
      <Doorway title="Sign in">
        <Failed error={link.error} retry={() => void link.refetch()} />
      </Doorway>
    );
  }
  if (!link.data.usable) return <UsedUp />;
  if (link.data.needs_account) {
    return (
      <Doorway title="Welcome">
        <p>Say who you are. From then on you sign in with your e‑mail and password; this link works once.</p>
        <FirstSignInForm
          verb="Set up and sign in"
          busy={use.isPending}
          error={use.error}
          submit={(first) => use.mutate(first)}
        />
      </Doorway>
    );
  }
  return (
    <Doorway title="Sign in">
      <p>
        This link signs you in as <b>{link.data.email}</b>. It works once.
      </p>
      <Sentence error={use.error} />
      <div>
        <Button look="main" busy={use.isPending} onClick={() => use.mutate({})}>
          Sign in
        </Button>
      </div>
    </Doorway>
  );
}

function UsedUp() {
  return (
    <Doorway title="This link no longer works">
      <p>
        It was used before, or a day has passed. Sign in with your password, or ask whoever runs the service
        for a new link.
      </p>
      <p>
        <Link to="/sign-in">Sign in with a password</Link>
      </p>
    </Doorway>
  );
}
