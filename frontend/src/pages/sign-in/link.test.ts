import { expect, test } from "vitest";
import { tokenIn } from "./link";

test("a pasted link gives its token, whatever stands around it", () => {
  expect(tokenIn(" http://127.0.0.1:8400/sign-in/fO3geUKRgzZra0JIbRrOOQ\n")).toBe("fO3geUKRgzZra0JIbRrOOQ");
  expect(tokenIn("https://glossator.example.org/sign-in/fO3geUKRgzZra0JIbRrOOQ/")).toBe(
    "fO3geUKRgzZra0JIbRrOOQ",
  );
  expect(tokenIn("fO3geUKRgzZra0JIbRrOOQ")).toBe("fO3geUKRgzZra0JIbRrOOQ");
});

test("anything else is no sign-in link", () => {
  expect(tokenIn("http://127.0.0.1:8400/invitations/fO3geUKRgzZra0JIbRrOOQ")).toBeNull();
  expect(tokenIn("password")).toBeNull();
  expect(tokenIn("")).toBeNull();
});
