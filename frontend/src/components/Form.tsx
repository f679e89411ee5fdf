import type { FormEvent, ReactNode } from "react";
import { Sentence } from "./Failed";
import styles from "./Form.module.css";

interface FormProps {
  submit: () => void;
  error?: unknown;
  /** The buttons, the main one first in reading order. */
  actions: ReactNode;
  children: ReactNode;
  label?: string;
}

/** A form whose refusal stands above its buttons, in one sentence. */
export function Form({ submit, error, actions, children, label }: FormProps) {
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // A dialog's form is no part of the form whose button opened the dialog, though React tells both.
    event.stopPropagation();
    const form = event.currentTarget;
    submit();
    // After the problems are shown, whoever uses the keyboard stands at the first one.
    requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid]")?.focus());
  };
  return (
    <form className={styles.form} onSubmit={onSubmit} aria-label={label}>
      {children}
      <Sentence error={error} />
      <div className={styles.actions}>{actions}</div>
    </form>
  );
}
