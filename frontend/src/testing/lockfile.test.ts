import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Lock {
  packages: Record<string, { optionalDependencies?: Record<string, string>; resolved?: string }>;
}

const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as Lock;
const places = Object.keys(lock.packages);

test("every platform package that the lock file names is in it", () => {
  const missing = Object.entries(lock.packages).flatMap(([place, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter(
        (name) =>
          !places.some((each) => each === `node_modules/${name}` || each.endsWith(`/node_modules/${name}`)),
      )
      .map((name) => `${name}, wanted by ${place}`),
  );

  expect(missing).toEqual([]);
});

test("the lock file holds no address of a registry", () => {
  expect(Object.entries(lock.packages).filter(([, entry]) => entry.resolved)).toEqual([]);
});
