import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";

configure({ asyncUtilTimeout: 20_000 }); // no test depends on how fast the machine is

window.scrollTo = () => undefined; // jsdom has no layout to scroll
window.matchMedia = () => new EventTarget() as MediaQueryList; // and no media

/** A warning of React or of a library is a failed test. */
function complain(...words: unknown[]): never {
  throw new Error(words.map(String).join(" "));
}

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(complain);
  vi.spyOn(console, "warn").mockImplementation(complain);
});

afterEach(cleanup);
