import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ImageBehind, imagesQuery, type OverviewClass } from "../../api/agreement";
import { many } from "../../components/format";
import { Card } from "../../components/Page";
import { MapControls } from "../../maps/MapControls";
import { MapTile } from "../../maps/MapTile";
import styles from "./Agreement.module.css";
import { Read } from "./ClassPart";
import { MapLink } from "./MapTiles";
import { MoreBelow, useMore } from "./MoreBelow";
import { useRound } from "./round";
import { Names } from "./SummaryPage";
import type { CombinationRow } from "./summaryFigures";
import { type Tiles, useTiles } from "./tiles";

const SIDE = 136;

interface ImagesCardProps {
  of: OverviewClass;
  annotator: string | null;
  row: CombinationRow;
}

/** The images of a combination of names, those that the network predicted wrong apart from the right ones. */
export function ImagesCard({ of, annotator, row }: ImagesCardProps) {
  const { round, basis } = useRound();
  const images = useQuery(imagesQuery(round, basis, of.position, annotator, row.concepts));
  const tiles = useTiles(of.position);
  return (
    <Card
      title={<Names names={row.concepts} />}
      lead={`${many(row.n_images, "image")}, each with its maps.`}
      actions={<MapControls />}
    >
      <Read found={images} height={220}>
        {(found) => (
          <Read found={tiles} height={220}>
            {(pictures) => (
              <div className={styles.sets}>
                {PARTS.map(({ title, right }) => (
                  <Part
                    key={title}
                    title={title}
                    tiles={pictures}
                    images={found.filter((each) => each.right === right)}
                  />
                ))}
              </div>
            )}
          </Read>
        )}
      </Read>
    </Card>
  );
}

const PARTS = [
  { title: "The network was right", right: true },
  { title: "The network was wrong", right: false },
  { title: "The label is not known", right: null },
] as const;

interface PartProps {
  title: string;
  tiles: Tiles;
  images: readonly ImageBehind[];
}

function Part({ title, tiles, images }: PartProps) {
  const { overview } = useRound();
  const more = useMore(images);
  if (images.length === 0) return null;
  return (
    <section>
      <h3>
        {title} <small className={styles.count}>{many(images.length, "image")}</small>
      </h3>
      <ul className={styles.images}>
        {more.shown.map((image, index) => (
          <li key={image.image_id} className={styles.image}>
            <Link
              to="/explain/$run/$image"
              params={{ run: overview.choices.run_id, image: image.image_id }}
              aria-label={`Open the explanation of image ${index + 1} of ${images.length}`}
            >
              <MapTile
                picture={image.picture_url}
                cells={null}
                size={SIDE}
                label="An image as the network saw it"
              />
            </Link>
            <div className={styles.imageMaps}>
              {image.maps.map((map, place) => (
                <MapLink
                  key={map}
                  tiles={tiles}
                  map={map}
                  name={`Map ${place + 1} of image ${index + 1}`}
                  small
                />
              ))}
            </div>
          </li>
        ))}
      </ul>
      <MoreBelow {...more} what="image" />
    </section>
  );
}
