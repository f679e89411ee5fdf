import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Basis } from "../../api/agreement";
import { oneOf, text } from "../../app/search";

export const READINGS = ["d1", "d2_star", "d2_biclique", "d3", "d4"] as const;
export type Reading = (typeof READINGS)[number];

export const MEASURES = [
  "agreement",
  "jaccard",
  "adjusted_mutual_information",
  "adjusted_rand",
  "v_measure",
  "exact",
  "subset",
] as const;
export type Measure = (typeof MEASURES)[number];

export const COVERAGES = ["activation", "partial", "complete"] as const;
export type CoverageKind = (typeof COVERAGES)[number];

export const PURITIES = ["cx", "xc"] as const;
export type PurityKind = (typeof PURITIES)[number];

/** What all pages of a round share; it travels along from one to the other. */
export interface SharedSearch {
  annotators?: string[];
  complete?: true;
  min?: number;
  /** The class of the pages of one class. */
  class?: number;
  /** The classes of the overview; without them all. */
  classes?: number[];
}

export interface OverviewSearch extends SharedSearch {
  coverage?: CoverageKind;
  purity?: PurityKind;
  sort?: string;
}

export interface PairsSearch extends SharedSearch {
  a?: string;
  b?: string;
  measure?: Measure;
  reading?: Reading;
  /** The concepts of the chosen edge, by their ids. */
  left?: string;
  right?: string;
}

export interface SummarySearch extends SharedSearch {
  /** An annotator; without it the consensus. */
  by?: string;
  /** The names of the open row; an empty list are the images that are all "other". */
  names?: string[];
  sort?: string;
}

export interface VocabularySearch extends SharedSearch {
  /** The id of the first member of the open group. */
  group?: string;
  sort?: string;
}

type Raw = Record<string, unknown>;

export const DEFAULT_MIN_IMAGES = 3;
export const LARGEST_MIN_IMAGES = 20;

export function sharedSearch(search: Raw): SharedSearch {
  const annotators = texts(search.annotators);
  const min = wholeNumber(search.min);
  const position = wholeNumber(search.class);
  const classes = Array.isArray(search.classes)
    ? search.classes.flatMap((each) => wholeNumber(each) ?? [])
    : [];
  const inside = min !== null && min >= 1 && min <= LARGEST_MIN_IMAGES && min !== DEFAULT_MIN_IMAGES;
  return {
    ...(annotators && annotators.length > 0 ? { annotators } : {}),
    ...(search.complete === true ? { complete: true as const } : {}),
    ...(inside ? { min } : {}),
    ...(position === null ? {} : { class: position }),
    ...(classes.length > 0 ? { classes } : {}),
  };
}

export function overviewSearch(search: Raw): OverviewSearch {
  return {
    ...sharedSearch(search),
    ...oneOf(search, "coverage", COVERAGES),
    ...oneOf(search, "purity", PURITIES),
    ...text(search, "sort"),
  };
}

export function pairsSearch(search: Raw): PairsSearch {
  return {
    ...sharedSearch(search),
    ...text(search, "a"),
    ...text(search, "b"),
    ...oneOf(search, "measure", MEASURES),
    ...oneOf(search, "reading", READINGS),
    ...text(search, "left"),
    ...text(search, "right"),
  };
}

export function summarySearch(search: Raw): SummarySearch {
  const names = texts(search.names);
  return {
    ...sharedSearch(search),
    ...text(search, "by"),
    ...(names ? { names } : {}),
    ...text(search, "sort"),
  };
}

export function vocabularySearch(search: Raw): VocabularySearch {
  return { ...sharedSearch(search), ...text(search, "group"), ...text(search, "sort") };
}

function texts(value: unknown): string[] | null {
  return Array.isArray(value) ? value.map(String) : null;
}

function wholeNumber(value: unknown): number | null {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : null;
}

/** Whose boards count, as the link says. */
export function basisOf(search: SharedSearch): Basis {
  return {
    annotators: [...(search.annotators ?? [])].sort(),
    completeOnly: search.complete ?? false,
    minImages: search.min ?? DEFAULT_MIN_IMAGES,
  };
}

/** The link's parameters without what a change took back. */
export function changed(before: Raw, change: Raw): Raw {
  return Object.fromEntries(
    Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined && value !== null),
  );
}

/** Of what a page shows, that which its link does not say. */
export function unsaid(search: Raw, shown: Raw): Raw {
  return Object.fromEntries(
    Object.entries(shown).filter(([key, value]) => value !== undefined && search[key] === undefined),
  );
}

/**
 * Writes into the link what the page shows without having been asked for it: the link goes on showing it, and so does
 * the page while figures change under it.
 */
export function useInLink<S extends SharedSearch>(shown: { [K in keyof S]?: S[K] }): void {
  const { search, choose } = useHere<S>();
  const missing = JSON.stringify(unsaid(search as Raw, shown as Raw));
  // biome-ignore lint/correctness/useExhaustiveDependencies: tried again after each change of the link, since of two changes at once one may be lost; `choose` is another function in every render
  useEffect(() => {
    if (missing !== "{}") choose(JSON.parse(missing));
  }, [missing, search]);
}

/** The round of the page, its parameters, and a way to change them in place; `null` takes one back. */
export function useHere<S extends SharedSearch>() {
  const { round } = useParams({ strict: false }) as { round: string };
  const search: unknown = useSearch({ strict: false });
  const navigate = useNavigate();
  const choose = (change: { [K in keyof S]?: S[K] | null }) =>
    void navigate({
      to: ".",
      search: (before: Raw) => changed(before, change),
      replace: true,
      resetScroll: false,
    } as never);
  return { round, search: search as S, basis: basisOf(search as S), choose };
}
