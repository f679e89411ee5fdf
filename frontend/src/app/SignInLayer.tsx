import { useQueryClient } from "@tanstack/react-query";
import { meQuery } from "../api/me";
import type { Me } from "../api/types";
import { Dialog } from "../components/Dialog";
import { SignInForm } from "../pages/sign-in/SignInForm";
import { useSignInLayer } from "./signInLayer";

/** Lies over the page when the session has ended; the page under it stays as it is. */
export function SignInLayer() {
  const { open, settle } = useSignInLayer();
  const queries = useQueryClient();
  const before = queries.getQueryData(meQuery.queryKey);
  const done = (me: Me) => {
    const same = !before || before.account.id === me.account.id;
    queries.setQueryData(meQuery.queryKey, me);
    settle(same ? "same" : "other");
    void queries.invalidateQueries();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={() => undefined}
      held
      title="Sign in to go on"
      description="Your session has ended. Nothing on this page is lost: sign in and it goes on where it was."
    >
      <SignInForm email={before?.account.email ?? ""} done={done} takesLink />
    </Dialog>
  );
}
