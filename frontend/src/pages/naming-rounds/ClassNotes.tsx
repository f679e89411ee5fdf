import { TextArea } from "../../components/Field";
import styles from "./NamingRounds.module.css";

interface ClassNotesProps {
  classes: readonly { position: number; name: string }[];
  notes: Readonly<Record<number, string>>;
  onNotes: (notes: Record<number, string>) => void;
}

/** A note for each class, folded away: most rounds need none. */
export function ClassNotes({ classes, notes, onNotes }: ClassNotesProps) {
  if (classes.length === 0) return null;
  return (
    <details className={styles.more}>
      <summary>Notes on classes</summary>
      <div className={styles.notes}>
        {classes.map((row) => (
          <TextArea
            key={row.position}
            label={row.name}
            rows={2}
            value={notes[row.position] ?? ""}
            onValue={(note) => onNotes({ ...notes, [row.position]: note })}
          />
        ))}
      </div>
    </details>
  );
}
