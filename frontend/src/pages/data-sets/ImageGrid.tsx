import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { type ImageFilter, imagesQuery, pictureUrl } from "../../api/dataSets";
import type { DataSetDetail, DataSetImage } from "../../api/types";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { Failed } from "../../components/Failed";
import { SelectField } from "../../components/Field";
import { Card } from "../../components/Page";
import { Loading } from "../../components/Skeleton";
import { choices } from "./counts";
import styles from "./DataSets.module.css";

const ANY = "";

/** The images, a page at a time, filtered by what the link says. */
export function ImageGrid({ set }: { set: DataSetDetail }) {
  const filter = useSearch({ strict: false }) as ImageFilter;
  const navigate = useNavigate();
  const [large, setLarge] = useState<DataSetImage | null>(null);
  const { label, fine, split } = filter;
  const images = useInfiniteQuery(
    imagesQuery(set.id, {
      ...(label ? { label } : {}),
      ...(fine ? { fine } : {}),
      ...(split ? { split } : {}),
    }),
  );
  const { labels, fines } = choices(set.counts);
  const choose = (change: Partial<Record<keyof ImageFilter, string>>) => {
    const clean = Object.fromEntries(Object.entries({ ...filter, ...change }).filter(([, value]) => value));
    void navigate({ to: ".", search: clean as never, replace: true, resetScroll: false });
  };
  return (
    <Card title="Images">
      <div className={styles.filters}>
        <SelectField
          label="Label"
          value={label ?? ANY}
          onValue={(value) => choose({ label: value, fine: "" })}
          options={[{ value: ANY, label: "Any" }, ...labels.map((value) => ({ value, label: value }))]}
        />
        {fines.length > 0 ? (
          <SelectField
            label="Fine label"
            value={fine ?? ANY}
            onValue={(value) => choose({ fine: value })}
            options={[{ value: ANY, label: "Any" }, ...fines.map((value) => ({ value, label: value }))]}
          />
        ) : null}
        <SelectField
          label="Side"
          value={split ?? ANY}
          onValue={(value) => choose({ split: value })}
          options={[
            { value: ANY, label: "Any" },
            { value: "train", label: "For training" },
            { value: "test", label: "For testing" },
          ]}
        />
      </div>
      {images.isPending ? <Loading height={320} /> : null}
      {images.isError ? <Failed error={images.error} retry={() => void images.refetch()} /> : null}
      {images.data?.pages[0]?.items.length === 0 ? (
        <p>No image has all of these. Choose “Any” somewhere.</p>
      ) : null}
      <ul className={styles.grid}>
        {images.data?.pages.flatMap((page) =>
          page.items.map((image) => (
            <li key={image.id}>
              <button
                type="button"
                className={styles.tile}
                onClick={() => setLarge(image)}
                aria-label={describe(image)}
              >
                <img src={pictureUrl(image.id, "thumb")} alt="" loading="lazy" width={104} height={104} />
              </button>
            </li>
          )),
        )}
      </ul>
      {images.hasNextPage ? (
        <Button busy={images.isFetchingNextPage} onClick={() => void images.fetchNextPage()}>
          Show more images
        </Button>
      ) : null}
      {large ? <LargeImage image={large} close={() => setLarge(null)} /> : null}
    </Card>
  );
}

function describe(image: DataSetImage): string {
  return [image.label, image.fine_label, image.file_name].filter(Boolean).join(", ");
}

function LargeImage({ image, close }: { image: DataSetImage; close: () => void }) {
  const facts: [string, string | null][] = [
    ["Label", image.label],
    ["Fine label", image.fine_label],
    ["Group", image.group],
    ["Side", image.split === "test" ? "for testing" : "for training"],
    ["Size", `${image.width} × ${image.height}`],
    ["Mask", image.has_mask ? "yes" : "no"],
  ];
  return (
    <Dialog open onOpenChange={close} title={image.file_name ?? image.label} wide>
      <div className={styles.large}>
        <img src={pictureUrl(image.id, "full")} alt={describe(image)} />
        <dl className={styles.facts}>
          {facts
            .filter(([, value]) => value)
            .map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
      </div>
    </Dialog>
  );
}
