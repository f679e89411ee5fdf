import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { type BrowseFilter, runImagesQuery } from "../../api/explanations";
import { asProblem } from "../../api/problem";
import { namersQuery, runQuery } from "../../api/runs";
import type { RunImage } from "../../api/types";
import { useShownProject } from "../../app/project";
import { Button } from "../../components/Button";
import { Empty } from "../../components/Empty";
import { Failed } from "../../components/Failed";
import { SelectField } from "../../components/Field";
import { many } from "../../components/format";
import { Tag } from "../../components/Notice";
import { type Help, Page } from "../../components/Page";
import { Loading } from "../../components/Skeleton";
import { NotFoundPage } from "../not-found/NotFoundPage";
import { Blinded, isBlinded } from "./Blinded";
import styles from "./Explain.module.css";

const HELP: Help = [
  "Every test image of this run with what the network called it.",
  "Open one to see which X-features its score rests on and where they look.",
  "Choose whose names are shown; “other” stands where that person gave none.",
];

const ANY = "";

export interface BrowseSearch {
  class?: string;
  right?: "yes" | "no";
  naming?: string;
}

export function filterOf(search: BrowseSearch): BrowseFilter {
  return {
    ...(search.class ? { class: Number(search.class) } : {}),
    ...(search.right ? { right: search.right === "yes" } : {}),
    ...(search.naming ? { naming: search.naming } : {}),
  };
}

export function BrowsePage() {
  const { run: id } = useParams({ strict: false }) as { run: string };
  const search = useSearch({ strict: false }) as BrowseSearch;
  const run = useQuery(runQuery(id));
  const images = useInfiniteQuery(runImagesQuery(id, filterOf(search)));
  useShownProject(run.data?.project_id);
  if (images.isError && asProblem(images.error).status === 404) return <NotFoundPage />;
  const blinded = isBlinded(images.error);
  return (
    <Page
      title="Explanations"
      above={
        run.data ? (
          <Link to="/runs/$run" params={{ run: id }}>
            {run.data.name}
          </Link>
        ) : null
      }
      help={HELP}
    >
      {blinded ? <Blinded run={id} project={run.data?.project_id} /> : null}
      {blinded ? null : <Filters run={id} search={search} classes={run.data?.classes ?? []} />}
      {images.isPending ? <Loading height={360} /> : null}
      {images.isError && !blinded ? (
        <Failed error={images.error} retry={() => void images.refetch()} />
      ) : null}
      {images.data?.pages[0]?.items.length === 0 ? (
        <Empty title="No image like this">
          No test image has all of these properties. Choose “Any” somewhere.
        </Empty>
      ) : null}
      <ul className={styles.grid}>
        {images.data?.pages.flatMap((page) =>
          page.items.map((image) => (
            <ImageCard key={image.image_id} run={id} image={image} search={search} />
          )),
        )}
      </ul>
      {images.hasNextPage ? (
        <div>
          <Button busy={images.isFetchingNextPage} onClick={() => void images.fetchNextPage()}>
            Show more images
          </Button>
        </div>
      ) : null}
    </Page>
  );
}

interface FiltersProps {
  run: string;
  search: BrowseSearch;
  classes: readonly { position: number; name: string }[];
}

function Filters({ run, search, classes }: FiltersProps) {
  const navigate = useNavigate();
  const namers = useQuery(namersQuery(run));
  const choose = (change: Partial<Record<keyof BrowseSearch, string>>) => {
    const clean = Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value));
    void navigate({ to: ".", search: clean as never, replace: true });
  };
  return (
    <div className={styles.filters}>
      <SelectField
        label="Label"
        value={search.class ?? ANY}
        onValue={(value) => choose({ class: value })}
        options={[
          { value: ANY, label: "Any" },
          ...classes.map((each) => ({ value: String(each.position), label: each.name })),
        ]}
      />
      <SelectField
        label="The network is"
        value={search.right ?? ANY}
        onValue={(value) => choose({ right: value })}
        options={[
          { value: ANY, label: "Right or wrong" },
          { value: "yes", label: "Right" },
          { value: "no", label: "Wrong" },
        ]}
      />
      <SelectField
        label="Names by"
        value={search.naming ?? ANY}
        onValue={(value) => choose({ naming: value })}
        options={[
          { value: ANY, label: "Nobody" },
          ...(namers.data ?? []).map((each) => ({
            value: each.annotator,
            label: each.name ?? each.annotator,
          })),
        ]}
      />
    </div>
  );
}

function ImageCard({ run, image, search }: { run: string; image: RunImage; search: BrowseSearch }) {
  return (
    <li>
      <Link
        to="/explain/$run/$image"
        params={{ run, image: image.image_id }}
        search={search.naming ? { naming: search.naming } : {}}
        className={styles.card}
      >
        <img src={image.picture_url} alt="" loading="lazy" width={160} height={160} />
        <span className={styles.said}>{image.predicted}</span>
        {image.right ? null : <Tag tone="careful">labelled {image.label}</Tag>}
        <span className={styles.names}>
          {image.names ? (
            image.names.map((name, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat and never change their order
              <span key={index} className={name === "other" ? styles.other : "written"}>
                {name}
              </span>
            ))
          ) : (
            <span className={styles.other}>{many(image.significant, "X-feature")}</span>
          )}
        </span>
      </Link>
    </li>
  );
}
