import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { withTexts } from "./pngText";

/** One red pixel. */
const PIXEL = Uint8Array.from(
  Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC",
    "base64",
  ),
);

const folder = mkdtempSync(join(tmpdir(), "png-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What Pillow reads, which refuses chunks whose checksum is wrong: size, pixel, texts in order. */
const READ = `
import json, sys
from PIL import Image
with Image.open(sys.argv[1]) as picture:
    print(json.dumps([picture.size, picture.getpixel((0, 0)), list(picture.text.items())]))
`;

function readByPillow(png: Uint8Array) {
  const path = join(folder, "picture.png");
  writeFileSync(path, png);
  return JSON.parse(execFileSync("../.venv/bin/python", ["-c", READ, path], { encoding: "utf8" }));
}

test("another reader finds every text in a picture that is otherwise the same", () => {
  const texts = [
    ["Naming round", "Première ronde „日本“"],
    ["Link", "https://example.org/agreement?class=3&a=1"],
    ["Boards", ""],
  ] as const;

  expect(readByPillow(withTexts(PIXEL, texts))).toEqual([[1, 1], [255, 0, 0], texts]);
  expect(withTexts(PIXEL, [])).toEqual(PIXEL);
});

test("a keyword that the format does not allow is refused", () => {
  for (const keyword of ["", "Größe", "x".repeat(80)]) {
    expect(() => withTexts(PIXEL, [[keyword, "a"]])).toThrow(RangeError);
  }
});
