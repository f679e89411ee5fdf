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
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };
  return (
    <form className={styles.form} onSubmit={onSubmit} aria-label={label}>
      {children}
      <Sentence error={error} />
      <div className={styles.actions}>{actions}</div>
    </form>
  );
}
