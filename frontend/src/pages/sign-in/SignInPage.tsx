import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { meQuery } from "../../api/me";
import type { Me } from "../../api/types";
import { landing } from "../../app/landing";
import { Doorway } from "./Doorway";
import { SignInForm } from "./SignInForm";

export function SignInPage() {
  const enter = useEnter();
  return (
    <Doorway title="Sign in">
      <SignInForm done={enter} takesLink />
    </Doorway>
  );
}

/** After a sign-in: back to the page that was asked for, else to the person's own beginning. */
export function useEnter(): (me: Me) => void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  const { to } = useSearch({ strict: false }) as { to?: string };
  return (me) => {
    queries.clear();
    queries.setQueryData(meQuery.queryKey, me);
    const inside = to?.startsWith("/") && !to.startsWith("//") ? to : null;
    if (inside) router.history.push(inside);
    else void navigate({ to: landing(me) });
  };
}
