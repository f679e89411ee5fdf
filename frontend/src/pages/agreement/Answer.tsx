import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type Mean, type Overview, type OverviewClass, pairsQuery } from "../../api/agreement";
import { namePairsQuery } from "../../api/namings";
import { count, fixed, many } from "../../components/format";
import { Card, Fact, Facts } from "../../components/Page";
import styles from "./Agreement.module.css";
import {
  type Difference,
  disputes,
  headline,
  namesOfMatched,
  renamings,
  unmatched,
  withoutSame,
} from "./answer";
import { meanNote } from "./columns";
import { boardNotes } from "./figures";
import { matchingOf, useRound } from "./round";
import { sharedSearch, useHere } from "./search";

/** The answer at first sight: on which class annotators disagree most, and over what. */
export function Answer() {
  const { overview } = useRound();
  return (
    <Card>
      <Sentence />
      <Cautions />
      {overview.overall ? <OfAllClasses /> : null}
    </Card>
  );
}

const MOST_NOTES = 3;

function boardsLine({ boards, complete }: Overview["choices"]): string {
  return `${count(boards - complete)} of ${many(boards, "board")} not finished; notes under the tables say which.`;
}

/** What makes the figures less than they seem: boards that are not finished, concepts that are left out. */
function Cautions() {
  const { overview, basis } = useRound();
  const unfinished = overview.classes.flatMap(boardNotes);
  const small = overview.classes
    .flatMap((each) => each.figures?.annotators ?? [])
    .reduce((sum, each) => sum + each.n_concepts_removed, 0);
  const left =
    small > 0
      ? [`${many(small, "concept")} of fewer than ${many(basis.minImages, "image")} left out everywhere.`]
      : [];
  const notes =
    unfinished.length > MOST_NOTES ? [boardsLine(overview.choices), ...left] : [...unfinished, ...left];
  return notes.length > 0 ? <p className={styles.boards}>{notes.join(" ")}</p> : null;
}

function Sentence() {
  const { overview } = useRound();
  const found = headline(overview);
  switch (found.kind) {
    case "nothing_yet":
      return (
        <p className={styles.answer}>
          The figures are being computed. They appear here as soon as they are there.
        </p>
      );
    case "no_board":
      return (
        <>
          <p className={styles.answer}>No board of this round fits the choices above.</p>
          <p className={styles.said}>
            Take back “only finished ones”, or choose other classes or annotators.
          </p>
        </>
      );
    case "one_annotator":
      return (
        <>
          <p className={styles.answer}>How far annotators agree takes two of them.</p>
          <p className={styles.said}>
            No two annotators have boards of the same class that count. What one of them named stands below.
          </p>
        </>
      );
    case "nothing_shared":
      return (
        <>
          <p className={styles.answer}>No two annotators have named the same map yet.</p>
          <p className={styles.said}>
            How far they agree is told as soon as they have; what each named stands below.
          </p>
        </>
      );
    case "full":
      return (
        <>
          <p className={styles.answer}>
            Annotators group alike on{" "}
            {found.classes === 1 ? "the class" : `all ${count(found.classes)} classes`}: every map that two of
            them named lies in concepts that match one to one.
          </p>
          <NamesOf of={found.named} />
        </>
      );
    case "least":
      return <Least least={found.least} agreement={found.agreement} classes={found.classes} />;
  }
}

interface LeastProps {
  least: OverviewClass;
  agreement: number;
  classes: number;
}

function Least({ least, agreement, classes }: LeastProps) {
  const { pairs, judged } = useNaming(least);
  const rest = pairs ? unmatched(pairs.pairs) : 0;
  const found = pairs ? withoutSame(disputes(pairs), judged) : [];
  const top = found[0];
  const star = matchingOf(least, "d2_star");
  const one = matchingOf(least, "d1");
  return (
    <>
      <p className={styles.answer}>
        {classes === 1 ? "On" : "Annotators disagree most on"} <b>{least.name}</b>
        {classes === 1 ? " annotators agree to " : ": matched agreement "}
        <b>{fixed(agreement)}</b>
        {top ? (
          <>
            {2 * top.weight > rest ? ", most of the rest" : ", the largest part of the rest"} over{" "}
            <NamesLink names={top} position={least.position} />
          </>
        ) : null}
        .
      </p>
      <p className={styles.said}>
        {`Of the maps that two annotators named, ${fixed(agreement)} lie in concepts that match one to one (mean of ${many(one?.agreement.n ?? 0, "pair")}, ${fixed(one?.agreement.min)} to ${fixed(one?.agreement.max)}).`}
        {one?.permutation?.mean == null ? "" : ` Shuffled labels reach ${fixed(one.permutation.mean)}.`}
        {star?.agreement.mean == null
          ? ""
          : ` Where one concept may stand for several of the other annotator (D = 2, star) it is ${fixed(star.agreement.mean)}.`}
        {sharedSentence(least.n_both)}
      </p>
      {rest > 0 ? (
        <p className={styles.said}>
          <b>Not matched:</b>
          {` ${many(rest, "map")}, each counted once for each pair of annotators`}
          {top ? (
            <>
              ; <Weights found={found} position={least.position} />.
            </>
          ) : (
            ", all in concepts whose names mean the same: one annotator divides what another keeps together."
          )}
        </p>
      ) : null}
      <NamesOf of={least} />
    </>
  );
}

/** What lies behind the sentences about a class: its pairs, and what was judged of its names. */
function useNaming({ position }: OverviewClass) {
  const { round, basis, overview } = useRound();
  const pairs = useQuery(pairsQuery(round, basis, position));
  const judged = useQuery(namePairsQuery(overview.choices.project_id, round));
  return { pairs: pairs.data, judged: judged.data ?? [] };
}

/** Whether annotators who group alike also say the same. */
function NamesOf({ of }: { of: OverviewClass }) {
  const { pairs, judged } = useNaming(of);
  if (!pairs) return null;
  const names = namesOfMatched(pairs.pairs);
  const found = withoutSame(renamings(pairs), judged);
  const all = names.judged + names.unjudged;
  if (all === 0) return null;
  return (
    <p className={styles.said}>
      <b>Names:</b>
      {` of ${many(all, "map")} in matched concepts of ${of.name}, ${count(names.same)} have names that mean the same, ${count(names.judged - names.same)} have not`}
      {names.unjudged > 0 ? (
        <>
          {`, ${count(names.unjudged)} are not judged yet: `}
          <JudgeNames />
        </>
      ) : null}
      .
      {found.length > 0 ? (
        <>
          {" Different are "}
          <Weights found={found} position={of.position} />.
        </>
      ) : null}
    </p>
  );
}

function JudgeNames() {
  const { round, overview } = useRound();
  return (
    <Link to="/judgements" search={{ project: overview.choices.project_id, round }}>
      judge names
    </Link>
  );
}

const SHOWN = 4;

/** "10 of them as “hole” / “mark”, 8 as …" */
function Weights({ found, position }: { found: readonly Difference[]; position: number }) {
  return found.slice(0, SHOWN).map((each, index) => (
    <span key={each.names.join("\n")}>
      {index === 0 ? `${many(each.weight, "map")} as ` : `, ${count(each.weight)} as `}
      <NamesLink names={each} position={position} />
    </span>
  ));
}

function sharedSentence(both: readonly number[]): string {
  if (both.length === 0) return "";
  const [least, most] = [Math.min(...both), Math.max(...both)];
  const range = least === most ? count(least) : `${count(least)} to ${count(most)}`;
  return ` Two annotators have ${range} maps in common.`;
}

interface NamesLinkProps {
  names: Difference;
  position: number;
}

/** Leads to the pair of annotators in which most of the difference lies, with its maps. */
function NamesLink({ names: { names, largest, pairs }, position }: NamesLinkProps) {
  const { round } = useRound();
  const { search } = useHere();
  const { a, b, left, right } = largest;
  return (
    <Link
      to="/agreement/$round/pairs"
      params={{ round }}
      search={{ ...sharedSearch({ ...search }), class: position, a, b, left, right }}
      title={`In ${many(pairs, "pair")} of annotators; leads to the one with most of these maps`}
    >
      <span className="written">{`“${names[0]}”`}</span> / <span className="written">{`“${names[1]}”`}</span>
    </Link>
  );
}

/** Do matched concepts carry names that mean the same; how many were judged stands with it. */
function NamesFact({ mean }: { mean: Mean }) {
  const { overview } = useRound();
  const weights = overview.classes.flatMap((each) => each.matched.filter(({ key }) => key === "d1"));
  const judged = weights.reduce((sum, each) => sum + each.judged, 0);
  const all = judged + weights.reduce((sum, each) => sum + each.unjudged, 0);
  const judgedSays = `names mean the same or one a part of the other, ${meanNote(mean, "class")}`;
  if (judged === all) return <Fact value={fixed(mean.value)} of={`of matched concepts ${judgedSays}`} />;
  return (
    <Fact
      value={count(all - judged)}
      of={
        <>
          {`of ${many(all, "map")} in matched concepts have names nobody judged yet: `}
          <JudgeNames />
          {mean.value === null ? "" : `; where judged, or equal, ${fixed(mean.value)} of ${judgedSays}`}
        </>
      }
    />
  );
}

function OfAllClasses() {
  const { overview } = useRound();
  const pairs = overview.overall?.pairs;
  if (!pairs || overview.classes.length < 2) return null;
  const of = (key: string) => pairs.matchings.find((each) => each.key === key);
  const [one, star] = [of("d1"), of("d2_star")];
  return (
    <div className={styles.factsOfAll}>
      <Facts>
        {one ? (
          <Fact
            value={fixed(one.agreement.value)}
            of={`agreement one to one, mean of ${meanNote(one.agreement, "class")}`}
          />
        ) : null}
        {star ? (
          <Fact
            value={fixed(star.agreement.value)}
            of={`D = 2, star, mean of ${meanNote(star.agreement, "class")}`}
          />
        ) : null}
        <Fact
          value={fixed(pairs.jaccard.value)}
          of={`Jaccard of what was named, mean of ${meanNote(pairs.jaccard, "class")}`}
        />
        {one ? <NamesFact mean={one.subset} /> : null}
      </Facts>
    </div>
  );
}
