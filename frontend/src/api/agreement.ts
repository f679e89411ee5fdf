import { queryOptions } from "@tanstack/react-query";
import { answer, client, QUIETLY } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Overview = Schemas["OverviewOut"];
export type OverviewClass = Schemas["ClassOverviewOut"];
export type ClassFigures = Schemas["ClassFiguresOut"];
export type AnnotatorFigures = Schemas["AnnotatorOut"];
export type Share = Schemas["RatioOut"];
export type Mean = Schemas["MeanOut"];
export type PairRange = Schemas["SummaryOut"];
export type Permutation = Schemas["PermutationOut"];
export type MatchingRange = Schemas["MatchingSummaryOut"];
export type Pairs = Schemas["PairsOut"];
export type PairFigures = Schemas["PairOut"];
export type ReadMatching = Schemas["MatchingOut"];
export type TestSetSummary = Schemas["TestSetSummaryOut"];
export type Combination = Schemas["CombinationOut"];
export type Vocabulary = Schemas["VocabularyOut"];
export type Group = Schemas["GroupOut"];
export type EdgeMaps = Schemas["EdgeMapsOut"];
export type ClassTiles = Schemas["TilesOut"];
export type Disputes = Schemas["DisputesOut"];
export type DisputedMap = Schemas["DisputedMapOut"];
export type ImageBehind = Schemas["ImageBehindOut"];

/** Whose boards count, and how: it governs every figure of a page and its downloads. */
export interface Basis {
  /** Pseudonyms; none: all. */
  readonly annotators: readonly string[];
  readonly completeOnly: boolean;
  readonly minImages: number;
}

const ask = (basis: Basis) => ({
  annotator: [...basis.annotators],
  complete_only: basis.completeOnly,
  min_images: basis.minImages,
});

/** Everything of a round, so that all of it is read anew together. */
export const roundKey = (round: string) => ["agreement", round] as const;

/** `classes`: positions; none: all. */
export const overviewQuery = (round: string, basis: Basis, classes: readonly number[] = []) =>
  queryOptions({
    queryKey: [...roundKey(round), "overview", basis, classes],
    queryFn: ({ signal }): Promise<Overview> =>
      answer(
        client.GET("/api/agreement/{round_id}", {
          ...QUIETLY,
          params: { path: { round_id: round }, query: { ...ask(basis), class: [...classes] } },
          signal,
        }),
      ),
  });

/** Starts the job that computes what is not fresh; null if all is. */
export async function refresh(round: string, basis: Basis): Promise<string | null> {
  const { job_id } = await answer(
    client.POST("/api/agreement/{round_id}/refresh", {
      ...QUIETLY,
      params: { path: { round_id: round }, query: ask(basis) },
    }),
  );
  return job_id;
}

const ofClass = (round: string, position: number) => ({ round_id: round, position });

export const pairsQuery = (round: string, basis: Basis, position: number) =>
  queryOptions({
    queryKey: [...roundKey(round), "pairs", basis, position],
    queryFn: ({ signal }): Promise<Pairs> =>
      answer(
        client.GET("/api/agreement/{round_id}/classes/{position}/pairs", {
          params: { path: ofClass(round, position), query: ask(basis) },
          signal,
        }),
      ),
  });

export interface EdgeAsked {
  readonly a: string;
  readonly b: string;
  readonly conceptA: string;
  readonly conceptB: string;
}

export const edgeQuery = (round: string, basis: Basis, position: number, edge: EdgeAsked) =>
  queryOptions({
    queryKey: [...roundKey(round), "edge", basis, position, edge],
    queryFn: ({ signal }): Promise<EdgeMaps> =>
      answer(
        client.GET("/api/agreement/{round_id}/classes/{position}/edge", {
          params: {
            path: ofClass(round, position),
            query: {
              ...ask(basis),
              a: edge.a,
              b: edge.b,
              concept_a: edge.conceptA,
              concept_b: edge.conceptB,
            },
          },
          signal,
        }),
      ),
  });

/** Where the pictures of a class's maps are: of the run, so it never changes. */
export const tilesQuery = (round: string, position: number) =>
  queryOptions({
    queryKey: ["agreement-tiles", round, position],
    queryFn: ({ signal }): Promise<ClassTiles> =>
      answer(
        client.GET("/api/agreement/{round_id}/classes/{position}/tiles", {
          params: { path: ofClass(round, position) },
          signal,
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const summaryQuery = (round: string, basis: Basis, position: number) =>
  queryOptions({
    queryKey: [...roundKey(round), "summary", basis, position],
    queryFn: ({ signal }): Promise<TestSetSummary> =>
      answer(
        client.GET("/api/agreement/{round_id}/classes/{position}/summary", {
          params: { path: ofClass(round, position), query: ask(basis) },
          signal,
        }),
      ),
  });

/** Images with exactly these names: of an annotator, or with null of the consensus. */
export const imagesQuery = (
  round: string,
  basis: Basis,
  position: number,
  annotator: string | null,
  names: readonly string[],
) =>
  queryOptions({
    queryKey: [...roundKey(round), "images", basis, position, annotator, names],
    queryFn: ({ signal }): Promise<ImageBehind[]> =>
      answer(
        client.GET("/api/agreement/{round_id}/classes/{position}/images", {
          params: {
            path: ofClass(round, position),
            query: { ...ask(basis), name: [...names], ...(annotator === null ? {} : { of: annotator }) },
          },
          signal,
        }),
      ),
  });

export const vocabularyQuery = (round: string, basis: Basis, position: number) =>
  queryOptions({
    queryKey: [...roundKey(round), "vocabulary", basis, position],
    queryFn: ({ signal }): Promise<Vocabulary> =>
      answer(
        client.GET("/api/agreement/{round_id}/classes/{position}/vocabulary", {
          params: { path: ofClass(round, position), query: ask(basis) },
          signal,
        }),
      ),
  });

/** The maps of the word that this concept belongs to. */
export const groupMapsQuery = (round: string, basis: Basis, position: number, concept: string) =>
  queryOptions({
    queryKey: [...roundKey(round), "group", basis, position, concept],
    queryFn: async ({ signal }): Promise<string[]> => {
      const { maps } = await answer(
        client.GET("/api/agreement/{round_id}/classes/{position}/groups/{concept}/maps", {
          params: { path: { ...ofClass(round, position), concept }, query: ask(basis) },
          signal,
        }),
      );
      return maps;
    },
  });

/** As many of the most disputed maps as a page shows. */
const DISPUTED = 200;

export const disputesQuery = (round: string, basis: Basis, position: number, reading: string) =>
  queryOptions({
    queryKey: [...roundKey(round), "disputes", basis, position, reading],
    queryFn: ({ signal }): Promise<Disputes> =>
      answer(
        client.GET("/api/agreement/{round_id}/classes/{position}/disputes", {
          params: {
            path: ofClass(round, position),
            query: { ...ask(basis), reading, limit: DISPUTED },
          },
          signal,
        }),
      ),
  });
