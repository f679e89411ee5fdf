import type { AnnotatorFigures, ClassFigures, OverviewClass, Share } from "../../api/agreement";
import type { BarGroup, BarSeries } from "../../charts/barLayout";
import type { RangeGroup, RangeMark } from "../../charts/rangeLayout";
import type { StackGroup, StackLevel } from "../../charts/stackLayout";
import { count, many } from "../../components/format";
import { annotatorsOf, matchingOf, shortName } from "./round";
import type { CoverageKind } from "./search";
import { PAPER_READINGS, READING_NAMES } from "./words";

export const ANY = "any";

/** The annotators' bars and the one of all of them together. */
export function coverageSeries(classes: readonly OverviewClass[]): BarSeries[] {
  return [
    ...annotatorsOf(classes).map((each) => ({
      key: each,
      name: each,
      short: shortName(each),
      tone: "grey" as const,
    })),
    { key: ANY, name: "any annotator", short: "any", tone: "accent" },
  ];
}

/** Figures 3 to 5: for each class the share that each annotator, and any of them, named. */
export function coverageGroups(classes: readonly OverviewClass[], kind: CoverageKind): BarGroup[] {
  return withFigures(classes).map(({ each, figures }) => ({
    key: String(each.position),
    name: each.name,
    note: kind === "activation" ? many(figures.n_activations, "map") : many(figures.n_images, "image"),
    values: Object.fromEntries([
      ...figures.annotators.map(({ annotator, coverage }) => [annotator, coverage[kind]] as const),
      [ANY, figures.any_annotator[kind]] as const,
    ]),
  }));
}

/** Figure 6: of a class's maps, those that exactly so many annotators named. */
export function namedByGroups(classes: readonly OverviewClass[]): StackGroup[] {
  return withFigures(classes).map(({ each, figures }) => ({
    key: String(each.position),
    name: each.name,
    n: figures.n_activations,
    counts: Object.fromEntries(
      figures.named_by_exactly.map(({ n_annotators, ratio }) => [String(n_annotators), ratio.k]),
    ),
  }));
}

/** From nobody to as many annotators as the class with most of them has. */
export function namedByLevels(classes: readonly OverviewClass[]): StackLevel[] {
  const most = Math.max(0, ...withFigures(classes).map(({ figures }) => figures.annotators.length));
  return Array.from({ length: most + 1 }, (_, number) => ({
    key: String(number),
    name: number === 0 ? "nobody" : many(number, "annotator"),
  }));
}

/** ", 5–20 maps": how many the two of a pair both named, from the least to the most. */
function inCommon({ n_both }: OverviewClass): string {
  if (n_both.length === 0) return "";
  const [least, most] = [Math.min(...n_both), Math.max(...n_both)];
  return `, ${least === most ? many(most, "map") : `${count(least)}–${many(most, "map")}`}`;
}

/** Table 5: for each class the pairs from the least to the most, their mean, and what chance gives. */
export function agreementRanges(classes: readonly OverviewClass[]): RangeGroup[] {
  return withFigures(classes).map(({ each, figures }) => {
    const { jaccard } = figures.pair_summary;
    return {
      key: String(each.position),
      name: each.name,
      note: `${many(jaccard.n + jaccard.n_undefined, "pair")}${inCommon(each)}`,
      marks: [
        ...PAPER_READINGS.flatMap((key): RangeMark[] => {
          const found = matchingOf(each, key);
          if (!found) return [];
          const { agreement, permutation, n_bounds } = found;
          return [
            {
              key,
              name: READING_NAMES[key],
              mean: agreement.mean,
              bounded: n_bounds > 0,
              low: agreement.min,
              high: agreement.max,
              chance: permutation?.mean ?? null,
              tone: key === "d1" ? "accent" : "grey",
              note: `${many(agreement.n, "pair")}${n_bounds > 0 ? `, ${count(n_bounds)} only bounded from below` : ""}`,
              reason: agreement.reason,
            },
          ];
        }),
        {
          key: "jaccard",
          name: "Jaccard",
          mean: jaccard.mean,
          low: jaccard.min,
          high: jaccard.max,
          chance: null,
          tone: "grey",
          note: many(jaccard.n, "pair"),
          reason: jaccard.reason,
        },
      ],
    };
  });
}

export interface WithFigures {
  readonly each: OverviewClass;
  readonly figures: ClassFigures;
}

export function withFigures(classes: readonly OverviewClass[]): WithFigures[] {
  return classes.flatMap((each) => (each.figures ? [{ each, figures: each.figures }] : []));
}

/** A row of the table of coverage: an annotator of a class, or any of them. */
export interface CoverageRow {
  readonly key: string;
  readonly class: string;
  readonly annotator: string;
  readonly coverage: Record<CoverageKind, Share>;
  /** null for any annotator. */
  readonly of: AnnotatorFigures | null;
  readonly discarded: Share | null;
}

export function coverageRows(classes: readonly OverviewClass[]): CoverageRow[] {
  return withFigures(classes).flatMap(({ each, figures }) => [
    ...figures.annotators.map((of, index) => ({
      key: `${each.position} ${of.annotator}`,
      class: each.name,
      annotator: of.annotator,
      coverage: of.coverage,
      of,
      discarded: each.boards?.discarded[index] ?? null,
    })),
    {
      key: `${each.position} ${ANY}`,
      class: each.name,
      annotator: "any annotator",
      coverage: figures.any_annotator,
      of: null,
      discarded: null,
    },
  ]);
}

const NEARLY_ALL = 0.95;

/** Why alpha may surprise: nearly everything was named, or nearly nothing. */
export function oneSided({ value }: Share): string | null {
  if (value === null) return null;
  if (value > NEARLY_ALL)
    return "more than 95 % of all decisions were to name, so few others weigh heavily in alpha";
  if (1 - value > NEARLY_ALL)
    return "more than 95 % of all decisions were not to name, so few others weigh heavily in alpha";
  return null;
}

/** What is in no figure: images that have no significant map, and maps that no board can show. */
export function apartWords(classes: readonly Pick<OverviewClass, "n_unexplained" | "n_lost">[]): string {
  const images = classes.reduce((sum, each) => sum + each.n_unexplained, 0);
  const maps = classes.reduce((sum, each) => sum + each.n_lost, 0);
  return [
    ...(images > 0
      ? [`${many(images, "image")} without a significant map ${images === 1 ? "is" : "are"} in no figure.`]
      : []),
    ...(maps > 0
      ? [`${many(maps, "map")} lost all of ${maps === 1 ? "its" : "their"} mass: on no board.`]
      : []),
  ].join(" ");
}

/** What must be known about the boards behind a class's figures; nothing if all are finished and blind. */
export function boardNotes({ name, boards }: Pick<OverviewClass, "name" | "boards">): string[] {
  if (!boards) return [];
  const open = boards.boards - boards.complete;
  return [
    ...(open > 0 ? [`${name}: ${count(open)} of ${many(boards.boards, "board")} not finished.`] : []),
    ...(boards.not_blind.length > 0 ? [`${name}: not blind: ${boards.not_blind.join(", ")}.`] : []),
  ];
}
