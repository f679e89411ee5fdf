import { expect, test } from "vitest";
import { changed, emptyDraft, namesOf, problems } from "./form";

test("weights give the classifier its name, and only files with weights are taken", () => {
  const draft = changed(emptyDraft, { weights: new File(["x"], "cifar10_resnet56.th") });

  expect(draft.name).toBe("cifar10 resnet56");
  expect(problems({ ...draft, architecture: "resnet56", dataSet: "d" })).toEqual({});
  expect(problems({ ...draft, weights: new File([], "notes.txt") })).toHaveProperty("weights");
  expect(Object.keys(problems(emptyDraft))).toEqual(["name", "architecture", "dataSet", "weights"]);
});

test("names of classes stand one per line", () => {
  expect(namesOf("cat\r\n  dog \n\nowl")).toEqual(["cat", "dog", "owl"]);
});
