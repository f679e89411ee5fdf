import { bytes } from "./format";
import { ProgressBar } from "./ProgressBar";
import styles from "./UploadProgress.module.css";

/** How much of a file has left this machine; the page must stay open until all of it has. */
export function UploadProgress({ share, size }: { share: number; size: number }) {
  const done = share >= 1;
  return (
    <div className={styles.progress}>
      <ProgressBar label="Upload" share={share} />
      <p>
        {done
          ? "Everything is sent. The service is looking at it."
          : `${bytes(share * size)} of ${bytes(size)} sent. Keep this page open until it is done.`}
      </p>
    </div>
  );
}
