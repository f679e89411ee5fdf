import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { signIn } from "../../api/me";
import { signInByLink } from "../../api/signInLinks";
import type { Me } from "../../api/types";
import { Button } from "../../components/Button";
import { TextField } from "../../components/Field";
import { Form } from "../../components/Form";
import { Segmented } from "../../components/Segmented";
import { tokenIn } from "./link";

interface SignInFormProps {
  done: (me: Me) => void;
  email?: string;
  /** Offers a sign-in link beside the password. */
  takesLink?: boolean;
}

export function SignInForm({ done, email = "", takesLink = false }: SignInFormProps) {
  const [way, setWay] = useState<"password" | "link">("password");
  return (
    <>
      {takesLink ? (
        <Segmented
          label="Sign in with"
          hideLabel
          value={way}
          onValue={setWay}
          options={[
            { value: "password", label: "Password" },
            { value: "link", label: "Sign-in link" },
          ]}
        />
      ) : null}
      {way === "password" ? <ByPassword email={email} done={done} /> : <ByLink done={done} />}
    </>
  );
}

function ByPassword({ email, done }: { email: string; done: (me: Me) => void }) {
  const [address, setAddress] = useState(email);
  const [password, setPassword] = useState("");
  const enter = useMutation({ mutationFn: () => signIn(address, password), onSuccess: done });
  return (
    <Form
      label="Sign in"
      submit={() => enter.mutate()}
      error={enter.error}
      actions={
        <Button type="submit" look="main" busy={enter.isPending}>
          Sign in
        </Button>
      }
    >
      <TextField
        label="E-mail"
        type="email"
        autoComplete="username"
        required
        value={address}
        onValue={setAddress}
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onValue={setPassword}
      />
    </Form>
  );
}

function ByLink({ done }: { done: (me: Me) => void }) {
  const [text, setText] = useState("");
  const token = tokenIn(text);
  const enter = useMutation({ mutationFn: (found: string) => signInByLink(found, {}), onSuccess: done });
  return (
    <Form
      label="Sign in with a link"
      submit={() => token && enter.mutate(token)}
      error={enter.error}
      actions={
        <Button type="submit" look="main" busy={enter.isPending} disabled={!token}>
          Sign in
        </Button>
      }
    >
      <TextField
        label="Sign-in link"
        hint="Whoever runs the service makes one with: glossator sign-in-link EMAIL"
        value={text}
        onValue={setText}
        error={text && !token ? "This is no sign-in link: it ends in /sign-in/ and a long word." : undefined}
      />
    </Form>
  );
}
