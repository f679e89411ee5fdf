import { useQuery } from "@tanstack/react-query";
import { use } from "react";
import { type DisputedMap, type Disputes, disputesQuery, type OverviewClass } from "../../api/agreement";
import { DownloadMenu } from "../../components/DownloadMenu";
import { count, many } from "../../components/format";
import { Card } from "../../components/Page";
import type { Column } from "../../components/table/column";
import { tableFormats } from "../../components/table/download";
import { OriginContext } from "../../components/table/origin";
import { MapControls } from "../../maps/MapControls";
import styles from "./Agreement.module.css";
import { Read } from "./ClassPart";
import { saidTogether } from "./disputed";
import { MapLink } from "./MapTiles";
import { MoreBelow, useMore } from "./MoreBelow";
import { annotatorsOf, shortName, useRound } from "./round";
import { type PairsSearch, useHere } from "./search";
import { type Tiles, useTiles } from "./tiles";
import { useFileName } from "./useFileName";
import { NO_NAME, nameOf, READING_NAMES } from "./words";

/** What differs, not only how much: the maps on which most pairs of annotators disagree, with what each said. */
export function DisputesCard({ of }: { of: OverviewClass }) {
  const { round, basis } = useRound();
  const { search } = useHere<PairsSearch>();
  const reading = search.reading ?? "d1";
  const found = useQuery(disputesQuery(round, basis, of.position, reading));
  const tiles = useTiles(of.position);
  return (
    <Card
      title="Maps on which most pairs disagree"
      lead={`Two annotators disagree on a map when both named it and their concepts are not matched (${READING_NAMES[reading]}). Numbers behind a name are annotators.`}
      actions={
        <>
          <MapControls />
          {found.data ? <Downloads of={of} disputes={found.data} /> : null}
        </>
      }
    >
      <Read found={found} height={180}>
        {(disputes) =>
          disputes.maps.length === 0 ? (
            <p className={styles.none}>No pair disagrees on a map.</p>
          ) : (
            <Read found={tiles} height={180}>
              {(pictures) => <Maps disputes={disputes} tiles={pictures} />}
            </Read>
          )
        }
      </Read>
    </Card>
  );
}

function Maps({ disputes: { maps, n_maps }, tiles }: { disputes: Disputes; tiles: Tiles }) {
  const more = useMore(maps);
  return (
    <>
      <ul className={styles.disputed}>
        {more.shown.map((each, index) => (
          <li key={each.map_id}>
            <MapLink tiles={tiles} map={each.map_id} name={`Map ${index + 1} of ${maps.length}`} />
            <div>
              <p>
                {count(each.n_apart)} <small>of {many(each.n_pairs, "pair")} disagree</small>
              </p>
              {saidTogether(each.said).map(({ name, annotators }) => (
                <p key={name ?? ""} title={annotators.join(", ")}>
                  <span className={name === null ? styles.other : "written"}>{name ?? NO_NAME}</span>{" "}
                  <small>{annotators.map(shortName).join(", ")}</small>
                </p>
              ))}
            </div>
          </li>
        ))}
      </ul>
      <MoreBelow {...more} what="map" />
      {n_maps > maps.length ? (
        <p className={styles.none}>
          The first {count(maps.length)} of {count(n_maps)} maps on which a pair disagrees.
        </p>
      ) : null}
    </>
  );
}

function Downloads({ of, disputes }: { of: OverviewClass; disputes: Disputes }) {
  const origin = use(OriginContext);
  const file = useFileName()(of.name, "disputed maps");
  const formats = tableFormats(file, disputes.maps, columns(annotatorsOf([of])), origin);
  return <DownloadMenu of="Maps on which most pairs disagree" formats={[formats]} />;
}

function columns(annotators: readonly string[]): Column<DisputedMap>[] {
  return [
    { key: "map", title: "Map", kind: "text", value: (row) => row.map_id },
    { key: "apart", title: "Pairs that disagree", kind: "integer", value: (row) => row.n_apart },
    { key: "pairs", title: "Pairs that named it", kind: "integer", value: (row) => row.n_pairs },
    ...annotators.map(
      (annotator): Column<DisputedMap> => ({
        key: annotator,
        title: annotator,
        kind: "text",
        value: (row) => {
          const said = row.said.find((each) => each.annotator === annotator);
          return said ? nameOf(said.concept) : null;
        },
      }),
    ),
  ];
}
