import type { RunDetail } from "../../api/types";
import { exactly, percent } from "../../components/format";
import { Card } from "../../components/Page";
import styles from "./RunPage.module.css";

/** What the run was asked for; enough to ask for the same again. */
export function Settings({ run }: { run: RunDetail }) {
  const { parameters } = run;
  const facts: readonly [string, string][] = [
    ["X-features per class", String(parameters.x_features)],
    ["Share of the positive score", percent(parameters.share, 0)],
    ["Asked for", parameters.variant],
    ["Seed", String(parameters.seed)],
    ["Maps start at", run.start ?? "–"],
    ["Maps are taken at", run.stop ?? parameters.stop ?? "–"],
    ["Cells of a map", run.map_height && run.map_width ? `${run.map_height} × ${run.map_width}` : "–"],
    ["Started", exactly(run.created_at)],
    ["Finished", run.finished_at ? exactly(run.finished_at) : "–"],
  ];
  return (
    <Card title="Settings">
      <dl className={styles.settings}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
