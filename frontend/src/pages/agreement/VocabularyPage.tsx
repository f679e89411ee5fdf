import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { groupMapsQuery, type OverviewClass, type Vocabulary, vocabularyQuery } from "../../api/agreement";
import { count, many } from "../../components/format";
import { Card, Fact, Facts } from "../../components/Page";
import { type Column, orderFrom, orderText } from "../../components/table/column";
import { Table, WithNote } from "../../components/table/Table";
import { MapControls } from "../../maps/MapControls";
import styles from "./Agreement.module.css";
import { OfClass, Read } from "./ClassPart";
import { wholeColumn } from "./columns";
import { InView } from "./InView";
import { MapTiles } from "./MapTiles";
import { useRound } from "./round";
import { sharedSearch, useHere, type VocabularySearch } from "./search";
import { useFileName } from "./useFileName";
import {
  type GroupRow,
  groupRows,
  ownRows,
  type ReadingRow,
  readingsOf,
  sayingSo,
  saySo,
  shared,
} from "./vocabularyFigures";
import { NO_NAME, nameOf } from "./words";

/** The words of a class: concepts of all annotators merged by the matchings, and who stands behind each. */
export function VocabularyPage() {
  return <OfClass>{(of) => <OfOneClass key={of.position} of={of} />}</OfClass>;
}

function OfOneClass({ of }: { of: OverviewClass }) {
  const { round, basis } = useRound();
  const vocabulary = useQuery(vocabularyQuery(round, basis, of.position));
  return <Read found={vocabulary}>{(found) => <Content of={of} vocabulary={found} />}</Read>;
}

function Content({ of, vocabulary }: { of: OverviewClass; vocabulary: Vocabulary }) {
  const { search, choose } = useHere<VocabularySearch>();
  const fileName = useFileName();
  const all = groupRows(vocabulary);
  const rows = ownRows(all);
  const open = all.find((row) => row.key === search.group);
  const { n_activations: n, n_split, n_unnamed, n_annotators } = vocabulary;
  const annotators = of.figures?.annotators.map(({ annotator }) => annotator) ?? [];
  const ofMaps = (k: number) =>
    `of ${many(n, "map")}`.concat(n > 0 ? `, ${Math.round((100 * k) / n)} %` : "");
  return (
    <>
      <Card title={`${of.name}: what the annotators have in common`}>
        <Facts>
          <Fact
            value={count(shared(rows))}
            of={`concepts that at least 2 of ${count(n_annotators)} annotators have`}
          />
          <Fact
            value={count(n - n_split - n_unnamed)}
            of={`maps that most annotators put into one of them, ${ofMaps(n - n_split - n_unnamed)}`}
          />
          <Fact
            value={count(n_split)}
            of={`maps named by at least half of the annotators, but put nowhere most often, ${ofMaps(n_split)}`}
          />
          <Fact
            value={count(n_unnamed)}
            of={`maps that fewer than half of the annotators named, ${ofMaps(n_unnamed)}`}
          />
        </Facts>
      </Card>
      <Card
        flush
        title="Words"
        lead="Concepts that match one to one stand in one row, under the name that most of their annotators gave; what each of them says stands in their column. A concept that only refines or contains another is listed beside it as finer or broader."
      >
        <Table
          caption="Words"
          hideCaption
          columns={columns(
            of,
            all,
            annotators,
            n_annotators,
            (row) => choose({ group: row === open ? null : row.key }),
            open?.key,
          )}
          rows={rows}
          rowKey={(row) => row.key}
          order={orderFrom(search.sort)}
          onOrder={(order) => choose({ sort: orderText(order) })}
          file={fileName(of.name, "vocabulary")}
        />
      </Card>
      <InView of={open?.key}>
        {open ? (
          <GroupMaps key={open.key} of={of} row={open} />
        ) : (
          <p className={styles.none}>
            {search.group ? "The word of this link is not there any more. " : ""}Choose a word to see its
            maps.
          </p>
        )}
      </InView>
    </>
  );
}

function GroupMaps({ of, row }: { of: OverviewClass; row: GroupRow }) {
  const { round, basis } = useRound();
  const maps = useQuery(groupMapsQuery(round, basis, of.position, row.key));
  const { name, support, n_activations } = row.group;
  return (
    <Card
      title={<span className={name === null ? undefined : "written"}>{nameOf(name)}</span>}
      lead={`${many(n_activations, "map")} that most annotators put here. ${many(support, "annotator")} ${support === 1 ? "has" : "have"} this concept, ${saySo(row.group)}.`}
      actions={<MapControls />}
    >
      <Read found={maps} height={120}>
        {(found) => <MapTiles position={of.position} maps={found} title="Maps" />}
      </Read>
    </Card>
  );
}

function columns(
  of: OverviewClass,
  all: readonly GroupRow[],
  annotators: readonly string[],
  n: number,
  choose: (row: GroupRow) => void,
  open: string | undefined,
): Column<GroupRow>[] {
  return [
    {
      key: "name",
      title: "Word",
      value: ({ group }) => group.name,
      show: (row) => (
        <button
          type="button"
          className={styles.rowButton}
          data-printed
          aria-expanded={row.key === open}
          onClick={() => choose(row)}
        >
          <span className={row.group.name === null ? styles.other : styles.combination}>
            {nameOf(row.group.name)}
          </span>
        </button>
      ),
    },
    {
      key: "support",
      title: "Annotators",
      align: "right",
      kind: "integer",
      value: ({ group }) => group.support,
      show: ({ group }) => (
        <WithNote note={saySo(group)}>{`${count(group.support)} of ${count(n)}`}</WithNote>
      ),
      extra: [
        { title: "Of annotators", kind: "integer", value: () => n },
        { title: "Say so", kind: "integer", value: ({ group }) => sayingSo(group) },
      ],
    },
    wholeColumn(
      { key: "maps", title: "Maps", about: "That most annotators put here" },
      ({ group }) => group.n_activations,
    ),
    ...annotators.map(memberColumn),
    readingColumn(of, all, "finer", "Finer"),
    readingColumn(of, all, "broader", "Broader"),
  ];
}

function memberColumn(annotator: string): Column<GroupRow> {
  const find = ({ group }: GroupRow) => group.members.find((each) => each.annotator === annotator) ?? null;
  return {
    key: annotator,
    title: annotator,
    kind: "text",
    value: (row) => {
      const found = find(row);
      return found ? nameOf(found.name) : null;
    },
    show: (row) => {
      const found = find(row);
      if (!found) return <span className={styles.absent}>–</span>;
      return (
        <WithNote note={many(found.n_activations, "map")}>
          <span className={found.name === null ? styles.other : styles.member}>{found.name ?? NO_NAME}</span>
        </WithNote>
      );
    },
    extra: [
      { title: `${annotator}, maps`, kind: "integer", value: (row) => find(row)?.n_activations ?? null },
    ],
  };
}

function readingColumn(
  of: OverviewClass,
  all: readonly GroupRow[],
  relation: "finer" | "broader",
  title: string,
): Column<GroupRow> {
  const words = ({ group }: GroupRow) => readingsOf(all, group, relation);
  return {
    key: relation,
    title,
    about: `Concepts of single annotators that are ${relation} than a member of the word`,
    fixed: true,
    kind: "text",
    value: (row) =>
      words(row)
        .map(
          ({ concept, weight }) =>
            `${nameOf(concept.name)} (${concept.annotator}, ${many(weight, "map")} in common)`,
        )
        .join("; ") || null,
    show: (row) =>
      words(row).length === 0 ? (
        <span className={styles.absent}>–</span>
      ) : (
        words(row).map((each) => (
          <WithNote
            key={`${each.concept.annotator} ${each.concept.concept_id}`}
            note={`${each.concept.annotator}, ${many(each.weight, "map")}`}
          >
            <ReadingLink of={of} reading={each} />
          </WithNote>
        ))
      ),
  };
}

/** A concept that is finer or broader; leads to the pair of annotators and the maps it shares with the word. */
function ReadingLink({ of, reading: { concept, member } }: { of: OverviewClass; reading: ReadingRow }) {
  const { round } = useRound();
  const { search } = useHere();
  const first = concept.annotator < member.annotator;
  const [a, b] = first ? [concept, member] : [member, concept];
  return (
    <Link
      to="/agreement/$round/pairs"
      params={{ round }}
      search={{
        ...sharedSearch({ ...search }),
        class: of.position,
        a: a.annotator,
        b: b.annotator,
        left: a.concept_id,
        right: b.concept_id,
        reading: "d2_star" as const,
      }}
      className={styles.member}
    >
      {nameOf(concept.name)}
    </Link>
  );
}
