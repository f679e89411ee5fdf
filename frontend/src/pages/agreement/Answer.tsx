import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type Mean, type OverviewClass, pairsQuery } from "../../api/agreement";
import { count, fixed, many } from "../../components/format";
import { Card, Fact, Facts } from "../../components/Page";
import styles from "./Agreement.module.css";
import { type Dispute, disputes, headline, unmatched } from "./answer";
import { meanNote } from "./columns";
import { matchingOf, useRound } from "./round";
import { sharedSearch, useHere } from "./search";

/** The answer at first sight: on which class annotators disagree most, and over what. */
export function Answer() {
  const { overview } = useRound();
  return (
    <Card>
      <Sentence />
      {overview.overall ? <OfAllClasses /> : null}
    </Card>
  );
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
        <p className={styles.answer}>
          Annotators agree fully on{" "}
          {found.classes === 1 ? "the class" : `all ${count(found.classes)} classes`}: every map that two of
          them named lies in concepts that match one to one.
        </p>
      );
    case "least":
      return <Least least={found.least} agreement={found.agreement} classes={found.classes} />;
  }
}

function Least({ least, agreement, classes }: { least: OverviewClass; agreement: number; classes: number }) {
  const { round, basis } = useRound();
  const pairs = useQuery(pairsQuery(round, basis, least.position));
  const found = pairs.data ? disputes(pairs.data) : null;
  const rest = pairs.data ? unmatched(pairs.data.pairs) : 0;
  const top = found?.[0];
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
            <DisputeLink dispute={top} position={least.position} />
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
      {top ? (
        <p className={styles.said}>
          {`Not matched: ${many(rest, "map")}, each counted once for each pair of annotators; ${count(top.weight)} of them as `}
          <DisputeLink dispute={top} position={least.position} />
          {(found ?? []).slice(1, 4).map((dispute) => (
            <span key={dispute.names.join("\n")}>
              {`, ${count(dispute.weight)} as `}
              <DisputeLink dispute={dispute} position={least.position} />
            </span>
          ))}
          .
        </p>
      ) : null}
    </>
  );
}

function sharedSentence(both: readonly number[]): string {
  if (both.length === 0) return "";
  const [least, most] = [Math.min(...both), Math.max(...both)];
  const range = least === most ? count(least) : `${count(least)} to ${count(most)}`;
  return ` Two annotators have ${range} maps in common.`;
}

/** Leads to the pair in which most of the dispute lies, with its maps. */
function DisputeLink({ dispute, position }: { dispute: Dispute; position: number }) {
  const { round } = useRound();
  const { search } = useHere();
  const { a, b, left, right } = dispute.largest;
  return (
    <Link
      to="/agreement/$round/pairs"
      params={{ round }}
      search={{ ...sharedSearch({ ...search }), class: position, a, b, left, right }}
      title={`In ${many(dispute.pairs, "pair")} of annotators; leads to the one with most of these maps`}
    >
      <span className="written">{`“${dispute.names[0]}”`}</span> /{" "}
      <span className="written">{`“${dispute.names[1]}”`}</span>
    </Link>
  );
}

/** Do matched concepts carry names that mean the same; how many were judged stands with it. */
function NamesFact({ mean }: { mean: Mean }) {
  const { overview } = useRound();
  const weights = overview.classes.flatMap((each) => each.matched.filter(({ key }) => key === "d1"));
  const judged = weights.reduce((sum, each) => sum + each.judged, 0);
  const all = judged + weights.reduce((sum, each) => sum + each.unjudged, 0);
  return (
    <Fact
      value={fixed(mean.value)}
      of={`of matched names mean the same or one a part of the other, where judged: ${count(judged)} of ${many(all, "map")}, ${meanNote(mean, "class")}`}
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
