import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { Architecture, Classifier, ClassifierAsked, ClassifierDetail, PageOf } from "./types";
import { upload } from "./upload";

export const architecturesQuery = queryOptions({
  queryKey: ["architectures"],
  queryFn: ({ signal }): Promise<Architecture[]> => answer(client.GET("/api/architectures", { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});

export const classifiersQuery = (project: string) =>
  queryOptions({
    queryKey: ["classifiers", project],
    queryFn: ({ signal }): Promise<PageOf<Classifier>> =>
      answer(client.GET("/api/classifiers", { params: { query: { project, limit: 200 } }, signal })),
  });

export const classifierQuery = (id: string) =>
  queryOptions({
    queryKey: ["classifier", id],
    queryFn: ({ signal }): Promise<ClassifierDetail> =>
      answer(
        client.GET("/api/classifiers/{classifier_id}", { params: { path: { classifier_id: id } }, signal }),
      ),
  });

export interface NewClassifier {
  name: string;
  architecture: string;
  dataSet: string;
  weights: File;
  /** In the order of the network's outputs; empty = the labels of the data set in alphabetical order. */
  classNames: string[];
}

export function importClassifier(
  asked: NewClassifier,
  progress: (share: number) => void,
  signal?: AbortSignal,
): Promise<ClassifierAsked> {
  const form = new FormData();
  form.set("name", asked.name);
  form.set("architecture", asked.architecture);
  form.set("data_set_id", asked.dataSet);
  form.set("preprocessing", "");
  form.set("class_names", asked.classNames.length > 0 ? JSON.stringify(asked.classNames) : "");
  form.set("weights", asked.weights);
  return upload<ClassifierAsked>("/api/classifiers", form, progress, signal);
}
