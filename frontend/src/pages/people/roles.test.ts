import { expect, test } from "vitest";
import { switched } from "./roles";

test("a role is added or taken, and roles keep their order", () => {
  expect(switched(["annotator"], "owner")).toEqual(["owner", "annotator"]);
  expect(switched(["owner", "annotator"], "owner")).toEqual(["annotator"]);
});
