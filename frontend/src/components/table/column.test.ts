import { expect, test } from "vitest";
import { type Column, nextOrder, orderFrom, orderText, sorted, toCsv } from "./column";

interface Row {
  name: string;
  share: number | null;
}

const columns: readonly Column<Row>[] = [
  { key: "name", title: "Name", value: (row) => row.name },
  {
    key: "share",
    title: "Share",
    align: "right",
    value: (row) => row.share,
    extra: [{ title: "Share, twice", value: (row) => (row.share === null ? null : row.share * 2) }],
  },
];
const rows: Row[] = [
  { name: "tile 10", share: 0.5 },
  { name: "Tile 9", share: null },
  { name: "=SUM(A1)", share: 0.25 },
];

test("what is not defined stands last in both directions", () => {
  const names = (down: boolean) => sorted(rows, columns, { key: "share", down }).map((row) => row.share);

  expect(names(false)).toEqual([0.25, 0.5, null]);
  expect(names(true)).toEqual([0.5, 0.25, null]);
});

test("a column may be ordered by something else than its value", () => {
  const bounded = { ...(columns[1] as Column<Row>), sortBy: (row: Row) => row.share ?? 0.3 };

  expect(sorted(rows, [bounded], { key: "share", down: false }).map((row) => row.share)).toEqual([
    0.25,
    null,
    0.5,
  ]);
});

test("names are ordered as people count, and the rows given are left as they were", () => {
  const found = sorted(rows, columns, { key: "name", down: false });

  expect(found.map((row) => row.name)).toEqual(["=SUM(A1)", "Tile 9", "tile 10"]);
  expect(rows[0]?.name).toBe("tile 10");
});

test("an order that names no column changes nothing", () => {
  expect(sorted(rows, columns, { key: "gone", down: true })).toEqual(rows);
});

test("numbers start with the largest, names with the first, and a second click turns round", () => {
  const [name, share] = columns as [Column<Row>, Column<Row>];

  expect(nextOrder(null, share)).toEqual({ key: "share", down: true });
  expect(nextOrder({ key: "share", down: true }, share)).toEqual({ key: "share", down: false });
  expect(nextOrder({ key: "share", down: true }, name)).toEqual({ key: "name", down: false });
});

test("an order survives its way through a link", () => {
  for (const order of [
    { key: "share", down: true },
    { key: "name", down: false },
  ]) {
    expect(orderFrom(orderText(order))).toEqual(order);
  }
  expect(orderFrom(undefined)).toBeNull();
});

test("one apostrophe is added where a formula could begin, however many stand there already", () => {
  const texts = ["=1", "'=1", "''+1", "'crack", "'", "a=1", "-", "@x", "\tx"];
  const given = texts.map((name) => ({ name, share: null }));
  const [name] = columns as [Column<Row>];

  expect(toCsv(given, [name]).split("\n").slice(1, -1)).toEqual([
    "'=1",
    "''=1",
    "'''+1",
    "'crack",
    "'",
    "a=1",
    "'-",
    "'@x",
    "'\tx",
  ]);
});

test("a download has every figure, empty cells for what is not defined, and no formula", () => {
  const odd: Row[] = [{ name: 'say "so", twice', share: null }, ...rows.slice(2)];

  expect(toCsv(odd, columns)).toBe('Name,Share,"Share, twice"\n"say ""so"", twice",,\n\'=SUM(A1),0.25,0.5\n');
});
