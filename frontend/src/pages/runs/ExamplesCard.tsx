import { useMemo } from "react";
import type { Example, Examples } from "../../api/types";
import { fixed, percent } from "../../components/format";
import { Card } from "../../components/Page";
import { decodeCells } from "../../maps/cells";
import { MapControls } from "../../maps/MapControls";
import { MapTile } from "../../maps/MapTile";
import styles from "./RunPage.module.css";

const SIZE = 112;

/** A few images with both variants of their maps. */
export function ExamplesCard({ examples }: { examples: Examples }) {
  if (examples.examples.length === 0) return null;
  return (
    <Card
      title="Examples"
      lead="Images with all their maps, largest share of the score first, plain and contrastive."
      actions={<MapControls />}
    >
      <ul className={styles.examples}>
        {examples.examples.map((example) => (
          <ExampleRow
            key={`${example.class_position} ${example.picture_url}`}
            example={example}
            height={examples.height}
            width={examples.width}
          />
        ))}
      </ul>
    </Card>
  );
}

function ExampleRow({ example, height, width }: { example: Example; height: number; width: number }) {
  const maps = useMemo(
    () =>
      example.maps.map((map) => ({
        share: map.share,
        plain: decodeCells(height, width, map.plain.cells),
        contrastive: decodeCells(height, width, map.contrastive.cells),
      })),
    [example, height, width],
  );
  return (
    <li className={styles.example}>
      <figure>
        <MapTile
          picture={example.picture_url}
          cells={null}
          size={SIZE}
          label={`An image of ${example.class_name}`}
        />
        <figcaption>{example.class_name}</figcaption>
      </figure>
      <div className={styles.variants}>
        {(["plain", "contrastive"] as const).map((variant) => (
          <div key={variant}>
            <p>
              {variant}
              <small>
                {" "}
                cosine {fixed(variant === "plain" ? example.plain_cosine : example.contrastive_cosine)}
              </small>
            </p>
            <ul className={styles.maps}>
              {maps.map((map, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: maps of an example never change their order
                <li key={index}>
                  <MapTile
                    picture={example.picture_url}
                    cells={map[variant]}
                    size={SIZE}
                    label={`${variant} map with ${percent(map.share, 0)} of the score`}
                  />
                  <small>{percent(map.share, 0)}</small>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </li>
  );
}
