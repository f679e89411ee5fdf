import styles from "./States.module.css";

interface SkeletonProps {
  /** The shape of what comes, so that nothing moves when it arrives. */
  height: number | string;
  width?: number | string;
  count?: number;
}

/** Holds the place of what is loading; shows itself only after 300 ms. */
export function Skeleton({ height, width = "100%", count = 1 }: SkeletonProps) {
  return (
    <div className={styles.skeletons} aria-hidden>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: equal blocks that never move
        <div key={index} className={styles.skeleton} style={{ height, width }} />
      ))}
    </div>
  );
}

/** A whole page part that is loading, with a word for those who hear it. */
export function Loading({ height, count = 1 }: { height: number | string; count?: number }) {
  return (
    <div role="status">
      <span className="unseen">Loading</span>
      <Skeleton height={height} count={count} />
    </div>
  );
}
