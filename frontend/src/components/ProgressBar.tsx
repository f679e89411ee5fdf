import styles from "./ProgressBar.module.css";

interface ProgressBarProps {
  /** 0 … 1, or null while nobody knows how much there is. */
  share: number | null;
  label: string;
  tone?: "accent" | "good" | "wrong" | "quiet";
}

export function ProgressBar({ share, label, tone = "accent" }: ProgressBarProps) {
  const inside = share === null ? null : Math.min(Math.max(share, 0), 1);
  return (
    <div
      className={styles.track}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(inside === null ? {} : { "aria-valuenow": Math.round(inside * 100) })}
    >
      <div
        className={`${styles.fill} ${styles[tone]} ${inside === null ? styles.unknown : ""}`}
        style={{ transform: inside === null ? undefined : `scaleX(${inside})` }}
      />
    </div>
  );
}
