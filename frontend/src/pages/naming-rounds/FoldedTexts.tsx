import { TextArea } from "../../components/Field";
import type { Texts } from "./form";
import styles from "./NamingRounds.module.css";

interface FoldedTextsProps {
  title: string;
  items: readonly { key: string; label: string }[];
  texts: Texts;
  onTexts: (texts: Texts) => void;
}

/** A text for each class or person, folded away: most rounds need none. */
export function FoldedTexts({ title, items, texts, onTexts }: FoldedTextsProps) {
  if (items.length === 0) return null;
  return (
    <details className={styles.more}>
      <summary>{title}</summary>
      <div className={styles.notes}>
        {items.map(({ key, label }) => (
          <TextArea
            key={key}
            label={label}
            rows={2}
            value={texts[key] ?? ""}
            onValue={(text) => onTexts({ ...texts, [key]: text })}
          />
        ))}
      </div>
    </details>
  );
}
