import { useMemo } from "react";
import type { ExplainedFeature, Explanation, Variant } from "../../api/types";
import { fixed, percent } from "../../components/format";
import { Tag } from "../../components/Notice";
import { decodeCells } from "../../maps/cells";
import { MapTile } from "../../maps/MapTile";
import styles from "./Explain.module.css";

interface FeatureCardProps {
  feature: ExplainedFeature;
  explanation: Explanation;
  variant: Variant;
}

const SIZE = 208;

/** One significant X-feature: where it looks, how much it counts, what it was called. */
export function FeatureCard({ feature, explanation, variant }: FeatureCardProps) {
  const { height, width, picture_url } = explanation;
  const cells = useMemo(
    () => decodeCells(height, width, feature[variant].cells),
    [feature, variant, height, width],
  );
  const called = feature.name ?? (feature.number === null ? "X-feature" : `X-feature ${feature.number}`);
  return (
    <li className={styles.feature}>
      <MapTile
        picture={picture_url}
        cells={cells}
        size={SIZE}
        label={`Where ${called} looks, ${percent(feature.share, 0)} of the score`}
      />
      <h3 className={feature.name && feature.name !== "other" ? "written" : styles.unnamed}>{called}</h3>
      <div className={styles.share}>
        <div className={styles.bar}>
          <div style={{ width: `${feature.share * 100}%` }} />
        </div>
        <b>{percent(feature.share, 0)}</b>
      </div>
      <p className={styles.small}>
        adds {fixed(feature.contribution)} to the score
        {feature.name !== null && feature.number !== null ? ` · X-feature ${feature.number}` : ""}
        {feature.status && feature.status !== "live" ? ` · ${feature.status}` : ""}
      </p>
      {feature.mostly_lost ? (
        <Tag tone="careful">{percent(feature.lost, 0)} of its mass was lost on the way</Tag>
      ) : null}
    </li>
  );
}
