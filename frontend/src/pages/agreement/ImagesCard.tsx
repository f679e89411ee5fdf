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
import { useRound } from "./round";
import { Names } from "./SummaryPage";
import type { CombinationRow } from "./summaryFigures";

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
  return (
    <Card
      title={<Names names={row.concepts} />}
      lead={`${many(row.n_images, "image")}, each with its maps.`}
      actions={<MapControls />}
    >
      <Read found={images} height={220}>
        {(found) => (
          <div className={styles.sets}>
            {PARTS.map(({ title, right }) => (
              <Part
                key={title}
                title={title}
                position={of.position}
                images={found.filter((each) => each.right === right)}
              />
            ))}
          </div>
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

function Part({
  title,
  position,
  images,
}: {
  title: string;
  position: number;
  images: readonly ImageBehind[];
}) {
  const { overview } = useRound();
  if (images.length === 0) return null;
  return (
    <section>
      <h3>
        {title} <small className={styles.count}>{many(images.length, "image")}</small>
      </h3>
      <ul className={styles.images}>
        {images.map((image) => (
          <li key={image.image_id} className={styles.image}>
            <Link
              to="/explain/$run/$image"
              params={{ run: overview.choices.run_id, image: image.image_id }}
              aria-label="Open the explanation of this image"
            >
              <MapTile
                picture={image.picture_url}
                cells={null}
                size={SIDE}
                label="An image as the network saw it"
              />
            </Link>
            <div className={styles.imageMaps}>
              {image.maps.map((map) => (
                <MapLink key={map} position={position} map={map} small />
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
