import { Check, Copy } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "./Button";
import styles from "./CopyField.module.css";

/** A text to take along, with the button that copies it. Without a clipboard the text is selected instead. */
export function CopyField({ value, label }: { value: string; label: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      // Pages without TLS have no clipboard: the text stands selected, ready for Ctrl+C.
      setCopied(false);
    }
  };
  return (
    <div className={styles.row}>
      <input
        ref={field}
        className={styles.value}
        readOnly
        value={value}
        aria-label={label}
        onFocus={() => field.current?.select()}
      />
      <Button onClick={copy} icon={copied ? <Check aria-hidden /> : <Copy aria-hidden />}>
        {copied ? "Copied" : "Copy"}
      </Button>
    </div>
  );
}
