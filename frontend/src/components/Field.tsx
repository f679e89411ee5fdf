import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from "react";
import styles from "./Field.module.css";

interface Described {
  label: string;
  /** One sentence under the label that says what belongs here. */
  hint?: ReactNode;
  /** What is wrong with what was entered. */
  error?: string | undefined;
}

interface Wiring {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

/** A labelled control: the hint and the error are tied to it for screen readers. */
export function Field({
  label,
  hint,
  error,
  children,
}: Described & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {hint ? (
        <p className={styles.hint} id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {children({
        id,
        ...(described ? { "aria-describedby": described } : {}),
        ...(error ? { "aria-invalid": true as const } : {}),
      })}
      {error ? (
        <p className={styles.error} id={`${id}-error`}>
          {error}
        </p>
      ) : null}
    </div>
  );
}

type TextFieldProps = Described &
  Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value"> & {
    value: string;
    onValue: (value: string) => void;
  };

export function TextField({ label, hint, error, value, onValue, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => (
        <input
          type="text"
          {...rest}
          {...wiring}
          className={styles.input}
          value={value}
          onChange={(event) => onValue(event.target.value)}
        />
      )}
    </Field>
  );
}

type SelectFieldProps<T extends string> = Described &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, "onChange" | "value"> & {
    value: T;
    options: readonly { value: T; label: string }[];
    onValue: (value: T) => void;
  };

export function SelectField<T extends string>({
  label,
  hint,
  error,
  value,
  options,
  onValue,
  ...rest
}: SelectFieldProps<T>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => (
        <select
          {...rest}
          {...wiring}
          className={styles.input}
          value={value}
          onChange={(event) => onValue(event.target.value as T)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

type FileFieldProps = Described & {
  accept?: string;
  file: File | null;
  onFile: (file: File | null) => void;
  required?: boolean;
};

/** A native file control: it takes dropped files and works with the keyboard as it is. */
export function FileField({ label, hint, error, file, onFile, ...rest }: FileFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => (
        <div className={styles.drop} data-filled={file ? true : undefined}>
          <input
            type="file"
            {...rest}
            {...wiring}
            className={styles.file}
            onChange={(event) => onFile(event.target.files?.[0] ?? null)}
          />
        </div>
      )}
    </Field>
  );
}

type TextAreaProps = Described &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "onChange" | "value"> & {
    value: string;
    onValue: (value: string) => void;
  };

export function TextArea({ label, hint, error, value, onValue, rows = 4, ...rest }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => (
        <textarea
          {...rest}
          {...wiring}
          className={`${styles.input} ${styles.area}`}
          rows={rows}
          value={value}
          onChange={(event) => onValue(event.target.value)}
        />
      )}
    </Field>
  );
}
