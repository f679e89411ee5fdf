import { Link } from "@tanstack/react-router";
import type { OverviewClass, PairFigures, Pairs, Permutation, ReadMatching } from "../../api/agreement";
import { ChartFrame } from "../../charts/ChartFrame";
import { MatchingDrawing } from "../../charts/MatchingDrawing";
import { familyLetter } from "../../charts/matchingLayout";
import { count, fixed, many, pText } from "../../components/format";
import { Fact, Facts } from "../../components/Page";
import { Segmented } from "../../components/Segmented";
import type { Column } from "../../components/table/column";
import styles from "./Agreement.module.css";
import { EdgeMapsCard } from "./EdgeMapsCard";
import { InView } from "./InView";
import { drawingOf, type EdgeRow, edgeOf, edgeRows, readingOf } from "./pairFigures";
import { useRound } from "./round";
import { type PairsSearch, READINGS, useHere, useInLink } from "./search";
import { useFileName } from "./useFileName";
import { NO_NAME, READING_NAMES, READING_SAYS } from "./words";

interface PairCardProps {
  of: OverviewClass;
  pairs: Pairs;
  pair: PairFigures;
}

/** Two annotators: how far they agree, what was matched with what, and the maps behind an edge. */
export function PairCard({ of, pairs, pair }: PairCardProps) {
  const { search, choose } = useHere<PairsSearch>();
  const reading = search.reading ?? "d1";
  const drawing = drawingOf(pairs, pair, reading);
  const rows = edgeRows(drawing);
  const chosen = edgeOf(rows, search.left, search.right);
  const fileName = useFileName();
  const edge = chosen ? { left: chosen.left, right: chosen.right } : {};
  useInLink<PairsSearch>({ a: pair.a, b: pair.b, ...edge });
  const matching = readingOf(pair, reading);
  return (
    <div className={styles.column}>
      <ChartFrame
        title={`${pair.a} and ${pair.b}`}
        lead={`${many(pair.n_both, "map")} named by both, of ${count(pair.n_either)} named by either. ${READING_SAYS[reading]}`}
        n={`${many(drawing.left.length, "concept")} and ${many(drawing.right.length, "concept")}. The width of a band is the maps in common, colour and letter are the family; dashed bands are not matched. Choose a band to see its maps.`}
        file={fileName(of.name, pair.a, pair.b, READING_NAMES[reading])}
        columns={columns(pair)}
        rows={rows}
        rowKey={(row) => `${row.left} ${row.right}`}
        actions={
          <Segmented
            label="Reading of the matching"
            hideLabel
            value={reading}
            onValue={(next) => choose({ reading: next })}
            options={READINGS.map((value) => ({ value, label: READING_NAMES[value] }))}
          />
        }
      >
        <PairFacts pair={pair} matching={matching} />
        <div className={styles.drawing}>
          {rows.length > 0 ? (
            <MatchingDrawing
              matching={drawing}
              leftName={pair.a}
              rightName={pair.b}
              label={`Matching of the concepts of ${pair.a} and ${pair.b}, ${READING_NAMES[reading]}: ${agreementWords(matching)}`}
              selected={chosen}
              onSelect={({ left, right }) => choose({ a: pair.a, b: pair.b, left, right })}
            />
          ) : (
            <p className={styles.none}>The two have named no map in common, so nothing can be matched.</p>
          )}
        </div>
      </ChartFrame>
      <InView of={chosen ? `${chosen.left} ${chosen.right}` : undefined}>
        {chosen ? (
          <EdgeMapsCard key={`${chosen.left} ${chosen.right}`} of={of} pair={pair} edge={chosen} />
        ) : rows.length > 0 ? (
          <p className={styles.none}>The band of this link is not there any more. Choose another.</p>
        ) : null}
      </InView>
    </div>
  );
}

function PairFacts({ pair, matching }: { pair: PairFigures; matching: ReadMatching | null }) {
  const one = readingOf(pair, "d1");
  const { jaccard, adjusted_mutual_information: ami } = pair;
  const ratio = (k: number, n: number) => `${count(k)} of ${count(n)} maps`;
  return (
    <div className={styles.dense}>
      <Facts>
        {matching ? (
          <Fact value={agreementShown(matching)} of={<AgreementNote matching={matching} />} />
        ) : null}
        {one && matching !== one ? (
          <Fact
            value={fixed(one.agreement.value)}
            of={`agreement, one to one, ${one.agreement.reason ?? ratio(one.agreement.k, one.agreement.n)}`}
          />
        ) : null}
        <Fact value={fixed(jaccard.value)} of={`Jaccard, ${jaccard.reason ?? ratio(jaccard.k, jaccard.n)}`} />
        <Fact
          value={fixed(ami.value)}
          of={`adjusted mutual information${ami.reason ? `: ${ami.reason}` : ""}`}
        />
        {matching ? (
          <Fact value={fixed(matching.linguistic.exact.value)} of={<NamesNote matching={matching} />} />
        ) : null}
      </Facts>
    </div>
  );
}

/** How many of the matched maps have judged names, and where the others are judged. */
function NamesNote({ matching }: { matching: ReadMatching }) {
  const { round, overview } = useRound();
  const { exact, unjudged_weight: unjudged } = matching.linguistic;
  return (
    <>
      names mean the same,{" "}
      {exact.value === null
        ? "none judged"
        : `${count(exact.k)} of ${many(exact.n, "map")}${unjudged > 0 ? "" : ", all judged"}`}
      {unjudged > 0 ? (
        <>
          {`, ${count(unjudged)} more not judged: `}
          <Link to="/judgements" search={{ project: overview.choices.project_id, round }}>
            judge names
          </Link>
        </>
      ) : null}
    </>
  );
}

function agreementShown({ agreement, exact }: ReadMatching): string {
  return exact || agreement.value === null ? fixed(agreement.value) : `≥ ${fixed(agreement.value)}`;
}

function AgreementNote({ matching }: { matching: ReadMatching }) {
  const { agreement, permutation } = matching;
  if (agreement.value === null) return <>agreement: {agreement.reason}</>;
  return (
    <>
      agreement, {agreementWords(matching)}
      {permutation?.mean == null ? "" : `; ${chanceWords(permutation)}`}
    </>
  );
}

/** What shuffled labels reach in so many draws, and what is left of the agreement above it. */
function chanceWords({ n, mean, q95, p, p_holm, corrected }: Permutation): string {
  return [
    `chance ${fixed(mean)}, 95 % of ${count(n)} draws up to ${fixed(q95)}`,
    p === null ? "" : `p ${pText(p)}${p_holm === null ? "" : `, for all pairs together ${pText(p_holm)}`}`,
    corrected === null ? "" : `corrected ${fixed(corrected)}`,
  ]
    .filter(Boolean)
    .join(", ");
}

function agreementWords(matching: ReadMatching | null): string {
  if (!matching) return "not computed";
  const { agreement, weight, upper, exact } = matching;
  if (agreement.value === null) return `not defined, ${agreement.reason ?? "no value"}`;
  return exact
    ? `${count(weight)} of ${many(agreement.n, "map")}`
    : `a bound: at least ${count(weight)}, at most ${count(upper)} of ${many(agreement.n, "map")}`;
}

function columns(pair: PairFigures): Column<EdgeRow>[] {
  const name = (
    key: "leftName" | "rightName",
    size: "leftSize" | "rightSize",
    annotator: string,
  ): Column<EdgeRow> => ({
    key,
    title: annotator,
    value: (row) => row[key],
    show: (row) => <span className={row[key] === null ? undefined : "written"}>{row[key] ?? NO_NAME}</span>,
    extra: [{ title: `${annotator}, maps`, kind: "integer", value: (row) => row[size] }],
  });
  return [
    name("leftName", "leftSize", pair.a),
    name("rightName", "rightSize", pair.b),
    { key: "weight", title: "Maps in common", align: "right", kind: "integer", value: (row) => row.weight },
    {
      key: "family",
      title: "Family",
      about: "Concepts that are matched with each other have the same letter",
      kind: "text",
      value: (row) => (row.family === null ? null : familyLetter(row.family)),
      reason: (row) => (row.family === null ? "not matched" : null),
    },
  ];
}
