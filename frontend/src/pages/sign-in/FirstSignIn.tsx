import { useState } from "react";
import { asProblem } from "../../api/problem";
import type { FirstSignIn } from "../../api/signInLinks";
import { Button } from "../../components/Button";
import { TextField } from "../../components/Field";
import { Form } from "../../components/Form";

interface FirstSignInProps {
  /** What the main button does, as a verb. */
  verb: string;
  email?: string;
  busy: boolean;
  error: unknown;
  submit: (first: FirstSignIn) => void;
}

export const SHORTEST_PASSWORD = 8;

/** Name, e-mail and password of somebody who comes for the first time. */
export function FirstSignInForm({ verb, email = "", busy, error, submit }: FirstSignInProps) {
  const [name, setName] = useState("");
  const [address, setAddress] = useState(email);
  const [password, setPassword] = useState("");
  const problem = error ? asProblem(error) : null;
  const short = password.length > 0 && password.length < SHORTEST_PASSWORD;
  return (
    <Form
      label={verb}
      submit={() => submit({ name: name.trim(), email: address.trim(), password })}
      error={error}
      actions={
        <Button type="submit" look="main" busy={busy} disabled={short}>
          {verb}
        </Button>
      }
    >
      <TextField
        label="Your name"
        hint="Shown to the people of your projects."
        autoComplete="name"
        required
        value={name}
        onValue={setName}
        error={problem?.field("name")}
      />
      <TextField
        label="E-mail"
        type="email"
        autoComplete="username"
        required
        value={address}
        onValue={setAddress}
        error={problem?.field("email")}
      />
      <TextField
        label="Password"
        type="password"
        hint={`At least ${SHORTEST_PASSWORD} characters. Several words are easier to remember than signs.`}
        autoComplete="new-password"
        required
        minLength={SHORTEST_PASSWORD}
        value={password}
        onValue={setPassword}
        error={problem?.field("password")}
      />
    </Form>
  );
}
