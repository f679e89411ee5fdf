import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { Explanation, PageOf, RunImage } from "./types";

export interface BrowseFilter {
  class?: number;
  right?: boolean;
  /** Pseudonym of the annotator whose names are shown. */
  naming?: string;
}

export const runImagesQuery = (run: string, filter: BrowseFilter) =>
  infiniteQueryOptions({
    queryKey: ["run", run, "images", filter],
    initialPageParam: null as string | null,
    queryFn: ({ signal, pageParam }): Promise<PageOf<RunImage>> =>
      answer(
        client.GET("/api/runs/{run_id}/images", {
          params: {
            path: { run_id: run },
            query: { ...filter, limit: 60, ...(pageParam ? { after: pageParam } : {}) },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next,
  });

export const explanationQuery = (run: string, image: string, naming: string | undefined) =>
  queryOptions({
    queryKey: ["explanation", run, image, naming ?? null],
    queryFn: ({ signal }): Promise<Explanation> =>
      answer(
        client.GET("/api/explanations/{run_id}/{image_id}", {
          params: { path: { run_id: run, image_id: image }, query: naming ? { naming } : {} },
          signal,
        }),
      ),
  });
