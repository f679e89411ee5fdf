import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { DataSet, DataSetAsked, DataSetDetail, DataSetImage, PageOf, ReportLine } from "./types";
import { upload } from "./upload";

export const dataSetsQuery = (project: string) =>
  queryOptions({
    queryKey: ["data-sets", project],
    queryFn: ({ signal }): Promise<PageOf<DataSet>> =>
      answer(client.GET("/api/data-sets", { params: { query: { project, limit: 200 } }, signal })),
  });

export const dataSetQuery = (id: string) =>
  queryOptions({
    queryKey: ["data-set", id],
    queryFn: ({ signal }): Promise<DataSetDetail> =>
      answer(client.GET("/api/data-sets/{data_set_id}", { params: { path: { data_set_id: id } }, signal })),
  });

export interface ImageFilter {
  label?: string;
  fine?: string;
  split?: "train" | "test";
}

export const imagesQuery = (id: string, filter: ImageFilter) =>
  infiniteQueryOptions({
    queryKey: ["data-set", id, "images", filter],
    initialPageParam: null as string | null,
    queryFn: ({ signal, pageParam }): Promise<PageOf<DataSetImage>> =>
      answer(
        client.GET("/api/data-sets/{data_set_id}/images", {
          params: {
            path: { data_set_id: id },
            query: { ...filter, limit: 60, ...(pageParam ? { after: pageParam } : {}) },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next,
  });

export const reportQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["data-set", id, "report"],
    initialPageParam: null as string | null,
    queryFn: ({ signal, pageParam }): Promise<PageOf<ReportLine>> =>
      answer(
        client.GET("/api/data-sets/{data_set_id}/report", {
          params: {
            path: { data_set_id: id },
            query: { limit: 100, ...(pageParam ? { after: pageParam } : {}) },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next,
  });

export type SplitKind = "automatic" | "folders" | "column" | "random" | "group";

/** The field `split` of the upload, as JSON; forms with files are not in the service's description of itself. */
export interface SplitBody {
  kind: SplitKind;
  column: string;
  group_column: string;
  test_share: number;
  seed: number;
}

export interface NewDataSet {
  project: string;
  name: string;
  note: string;
  archive: File;
  labels: File | null;
  split: SplitBody;
}

export function importDataSet(
  asked: NewDataSet,
  progress: (share: number) => void,
  signal?: AbortSignal,
): Promise<DataSetAsked> {
  const form = new FormData();
  form.set("name", asked.name);
  form.set("note", asked.note);
  form.set("project", asked.project);
  form.set("split", JSON.stringify(asked.split));
  if (asked.labels) form.set("labels", asked.labels);
  form.set("file", asked.archive);
  return upload<DataSetAsked>("/api/data-sets", form, progress, signal);
}

/** Where the picture of an image of a data set lies. */
export function pictureUrl(image: string, size: "thumb" | "full"): string {
  return `/api/images/${image}/picture?size=${size}`;
}
