import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Column } from "./column";
import { kindOf, toParquet } from "./parquet";

interface Row {
  name: string;
  maps: number;
  share: number | null;
  reason: string | null;
}

const columns: readonly Column<Row>[] = [
  { key: "name", title: "Class", value: (row) => row.name },
  { key: "maps", title: "Maps", value: (row) => row.maps },
  {
    key: "share",
    title: "Share",
    kind: "number",
    value: (row) => row.share,
    reason: (row) => row.reason,
    extra: [{ title: "Share, n", value: (row) => (row.share === null ? null : row.maps) }],
  },
];

const rows: Row[] = [
  { name: "=naïve „crack“", maps: 3, share: 1, reason: null },
  { name: "hole, round", maps: 2 ** 40, share: null, reason: "no activation named" },
  { name: "日本", maps: 0, share: 0.1, reason: null },
];

const folder = mkdtempSync(join(tmpdir(), "parquet-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What Apache Arrow reads in a file, as JSON: the types of the columns, and the rows. */
const READ = `
import json, sys
import pyarrow.parquet
table = pyarrow.parquet.read_table(sys.argv[1])
print(json.dumps({
    "types": [[each.name, str(each.type)] for each in table.schema],
    "rows": table.to_pylist(),
    "facts": {key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()},
}))
`;

const FACTS = [
  ["Naming round", "Première ronde „日本“"],
  ["Link", "https://example.org/agreement?class=3&a=1"],
] as const;

async function readByArrow(of: readonly Row[]) {
  const path = join(folder, "table.parquet");
  writeFileSync(path, Buffer.from(await toParquet(of, columns, FACTS)));
  return JSON.parse(execFileSync("../.venv/bin/python", ["-c", READ, path], { encoding: "utf8" }));
}

test("another reader finds the same typed columns, every value, nulls for what is not defined, and what it is of", async () => {
  expect(await readByArrow(rows)).toEqual({
    types: [
      ["Class", "string"],
      ["Maps", "int64"],
      ["Share", "double"],
      ["Share, why undefined", "string"],
      ["Share, n", "int64"],
    ],
    rows: [
      {
        Class: "=naïve „crack“",
        Maps: 3,
        Share: 1,
        "Share, why undefined": null,
        "Share, n": 3,
      },
      {
        Class: "hole, round",
        Maps: 2 ** 40,
        Share: null,
        "Share, why undefined": "no activation named",
        "Share, n": null,
      },
      { Class: "日本", Maps: 0, Share: 0.1, "Share, why undefined": null, "Share, n": 0 },
    ],
    facts: Object.fromEntries(FACTS),
  });
});

test("a table of many rows survives the parts a file is cut into", async () => {
  const many = Array.from({ length: 2_500 }, (_, index) => ({
    name: `row ${index}`,
    maps: index,
    share: index / 7,
    reason: null,
  }));

  const read = await readByArrow(many);

  expect(read.rows.map((row: Record<string, unknown>) => row.Share)).toEqual(many.map((row) => row.share));
});

test("a table without rows is still a table", async () => {
  expect((await readByArrow([])).rows).toEqual([]);
});

test("the values decide a kind that is not given", () => {
  expect(kindOf([1, null, 2])).toBe("integer");
  expect(kindOf([1, 0.5])).toBe("number");
  expect(kindOf([1, "x"])).toBe("text");
  expect(kindOf([null])).toBe("text");
});
