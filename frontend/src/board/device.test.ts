// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { hashOf, keep, kept } from "./device";

afterEach(() => localStorage.clear());

test("what was kept is found again, and without storage nothing is and nothing breaks", () => {
  keep("size", "104");
  expect(kept("size")).toBe("104");
  expect(kept("order")).toBeNull();

  const refused = () => {
    throw new DOMException("no", "SecurityError");
  };
  vi.spyOn(Storage.prototype, "getItem").mockImplementation(refused);
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(refused);
  keep("size", "72");
  expect(kept("size")).toBeNull();
});

test("texts are told apart by the published values of FNV-1a", () => {
  expect(hashOf("")).toBe("811c9dc5");
  expect(hashOf("a")).toBe("e40c292c");
  expect(hashOf("foobar")).toBe("bf9cf968");
});
