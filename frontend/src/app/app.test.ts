import { beforeEach, describe, expect, test } from "vitest";
import type { Role } from "../api/types";
import { aPerson, aProject } from "../testing/things";
import { landing } from "./landing";
import { placesFor } from "./navigation";
import { hasRole, projectOf } from "./project";
import { oneOf, text } from "./search";
import { useSignInLayer } from "./signInLayer";

describe("what stands in the bar", () => {
  const labels = (...roles: Role[]) => placesFor(aProject({ roles })).map((place) => place.label);

  test("follows the roles", () => {
    expect(labels("annotator")).toEqual(["Boards"]);
    expect(labels("analyst")).toEqual([
      "Data sets",
      "Classifiers",
      "Runs",
      "Naming rounds",
      "Agreement",
      "Boards",
    ]);
    expect(labels("researcher")).toEqual([
      "Data sets",
      "Classifiers",
      "Runs",
      "Naming rounds",
      "Agreement",
      "Boards",
      "Jobs",
    ]);
    expect(labels("owner")).toEqual([
      "Data sets",
      "Classifiers",
      "Runs",
      "Naming rounds",
      "Agreement",
      "Boards",
      "Jobs",
      "People",
    ]);
    expect(placesFor(null)).toEqual([]);
  });

  test("an owner counts as every role, an annotator as none other", () => {
    expect(hasRole(aProject({ roles: ["owner"] }), "researcher")).toBe(true);
    expect(hasRole(aProject({ roles: ["annotator"] }), "researcher", "analyst")).toBe(false);
    expect(hasRole(null, "annotator")).toBe(false);
  });
});

describe("the project of a page", () => {
  const me = aPerson({ projects: [aProject({ id: "a" }), aProject({ id: "b" }), aProject({ id: "c" })] });

  test("is that of the link, else the last one, else the first", () => {
    expect(projectOf(me, "c", "b")?.id).toBe("c");
    expect(projectOf(me, undefined, "b")?.id).toBe("b");
    expect(projectOf(me, undefined, null)?.id).toBe("a");
  });

  test("is never one that the person is not in", () => {
    expect(projectOf(me, "foreign", "gone")?.id).toBe("a");
    expect(projectOf(aPerson({}), "a", "a")).toBeNull();
  });
});

test("whoever only annotates begins at the boards", () => {
  const only = aProject({ roles: ["annotator"] });

  expect(landing(aPerson({ projects: [only] }))).toBe("/boards");
  expect(landing(aPerson({ projects: [only, aProject({ roles: ["analyst"] })] }))).toBe("/");
  expect(landing(aPerson({ projects: [] }))).toBe("/");
});

test("what a link says is read, and what it cannot say is left out", () => {
  const search = { label: "crack", class: 3, split: "sideways" };

  expect(text(search, "label")).toEqual({ label: "crack" });
  expect(text(search, "class")).toEqual({ class: "3" });
  expect(text(search, "none")).toEqual({});
  expect(oneOf(search, "split", ["train", "test"])).toEqual({});
  expect(oneOf({ split: "test" }, "split", ["train", "test"])).toEqual({ split: "test" });
});

describe("the sign-in layer", () => {
  beforeEach(() => useSignInLayer.setState({ open: false }));

  test("opens once for all who ask, and tells each how it ended", async () => {
    const asked = [useSignInLayer.getState().ask(), useSignInLayer.getState().ask()];
    expect(useSignInLayer.getState().open).toBe(true);

    useSignInLayer.getState().settle("same");

    expect(await Promise.all(asked)).toEqual(["same", "same"]);
    expect(useSignInLayer.getState().open).toBe(false);
  });
});
