import { useQuery } from "@tanstack/react-query";
import { edgeQuery, type OverviewClass, type PairFigures } from "../../api/agreement";
import { familyLetter } from "../../charts/matchingLayout";
import { count, many } from "../../components/format";
import { Card } from "../../components/Page";
import { MapControls } from "../../maps/MapControls";
import styles from "./Agreement.module.css";
import { Read } from "./ClassPart";
import { MapTiles } from "./MapTiles";
import type { EdgeRow } from "./pairFigures";
import { useRound } from "./round";
import { nameOf } from "./words";

interface EdgeMapsCardProps {
  of: OverviewClass;
  pair: PairFigures;
  edge: EdgeRow;
}

/** The maps behind an edge: in both concepts, only in the one, only in the other. */
export function EdgeMapsCard({ of, pair, edge }: EdgeMapsCardProps) {
  const { round, basis } = useRound();
  const maps = useQuery(
    edgeQuery(round, basis, of.position, { a: pair.a, b: pair.b, conceptA: edge.left, conceptB: edge.right }),
  );
  const left = <Name name={edge.leftName} />;
  const right = <Name name={edge.rightName} />;
  return (
    <Card
      title={
        <>
          {left} — {right} · {many(edge.weight, "map")} in common
        </>
      }
      lead={
        edge.family === null
          ? "These two concepts are not matched."
          : `Matched, family ${familyLetter(edge.family)}.`
      }
      actions={<MapControls />}
    >
      <Read found={maps} height={220}>
        {({ common, only_a, only_b }) => (
          <div className={styles.sets}>
            <MapTiles
              position={of.position}
              maps={common}
              title={
                <>
                  In common <small className={styles.count}>{count(common.length)}</small>
                </>
              }
            />
            <MapTiles
              position={of.position}
              maps={only_a}
              title={
                <>
                  Only in {left} of {pair.a} <small className={styles.count}>{count(only_a.length)}</small>
                </>
              }
            />
            <MapTiles
              position={of.position}
              maps={only_b}
              title={
                <>
                  Only in {right} of {pair.b} <small className={styles.count}>{count(only_b.length)}</small>
                </>
              }
            />
          </div>
        )}
      </Read>
    </Card>
  );
}

function Name({ name }: { name: string | null }) {
  return name === null ? <i>{nameOf(name)}</i> : <span className="written">{name}</span>;
}
