import { useId } from "react";
import { TextField } from "../../components/Field";
import styles from "./DataSets.module.css";
import { type Draft, type DraftProblems, SPLITS } from "./form";

interface SplitChoiceProps {
  draft: Draft;
  change: (change: Partial<Draft>) => void;
  problems: DraftProblems;
}

/** How images are divided into those a classifier may learn from and those it is judged by. */
export function SplitChoice({ draft, change, problems }: SplitChoiceProps) {
  const name = useId();
  const drawn = draft.kind === "random" || draft.kind === "group";
  return (
    <fieldset className={styles.split}>
      <legend>Which images are for testing</legend>
      {SPLITS.map(({ kind, label, says }) => (
        <label key={kind} className={styles.way}>
          <input
            type="radio"
            name={name}
            aria-labelledby={`${name}-${kind}`}
            aria-describedby={`${name}-${kind}-says`}
            checked={draft.kind === kind}
            onChange={() => change({ kind })}
          />
          <span>
            <b id={`${name}-${kind}`}>{label}</b>
            <small id={`${name}-${kind}-says`}>{says}</small>
          </span>
        </label>
      ))}
      <div className={styles.settings}>
        {draft.kind === "column" ? (
          <TextField
            label="Column"
            value={draft.column}
            onValue={(column) => change({ column })}
            error={problems.column}
          />
        ) : null}
        {draft.kind === "group" ? (
          <TextField
            label="Column of the group"
            value={draft.groupColumn}
            onValue={(groupColumn) => change({ groupColumn })}
            error={problems.column}
          />
        ) : null}
        {drawn ? (
          <>
            <TextField
              label="For testing, per cent"
              inputMode="numeric"
              value={draft.testPercent}
              onValue={(testPercent) => change({ testPercent })}
              error={problems.testPercent}
            />
            <TextField
              label="Seed"
              inputMode="numeric"
              value={draft.seed}
              onValue={(seed) => change({ seed })}
              error={problems.seed}
            />
          </>
        ) : null}
      </div>
    </fieldset>
  );
}
