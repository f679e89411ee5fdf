import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import type { Column } from "../components/table/column";
import { OriginContext } from "../components/table/origin";
import { ChartFrame } from "./ChartFrame";
import { GroupedBars } from "./GroupedBars";
import { type EdgeEnds, MatchingDrawing } from "./MatchingDrawing";
import { PairMatrix } from "./PairMatrix";
import type { Pair } from "./pairs";

interface Row {
  name: string;
  k: number;
}

const columns: readonly Column<Row>[] = [
  { key: "name", title: "Class", value: (row) => row.name },
  { key: "k", title: "Named", value: (row) => row.k },
];

const figure = (
  <ChartFrame
    title="Coverage"
    lead="Share of maps with a name."
    n="20 maps, 2 annotators"
    file="coverage"
    columns={columns}
    rows={[{ name: "crack", k: 5 }]}
    rowKey={(row) => row.name}
  >
    <GroupedBars
      label="Half of the maps have a name."
      things="map"
      series={[{ key: "a", name: "Annotator 1", tone: "grey" }]}
      groups={[{ key: "crack", name: "crack", values: { a: { value: 0.5, k: 10, n: 20 } } }]}
    />
  </ChartFrame>
);

test("a figure says of how many, and the same numbers stand in a table behind it", async () => {
  render(figure);

  expect(screen.getByRole("figure", { name: "Coverage" }).textContent).toContain("20 maps, 2 annotators");
  expect(screen.getByRole("img", { name: "Half of the maps have a name." })).toBeTruthy();
  expect(screen.getByText("crack, Annotator 1: 50.0 %, 10 of 20 maps")).toBeTruthy();
  await userEvent.click(screen.getByText("Table"));
  expect(within(screen.getByRole("table")).getByRole("row", { name: "crack 5" })).toBeTruthy();
});

test("one menu hands out the drawing and its numbers", async () => {
  const made: string[] = [];
  // jsdom has no addresses for blobs.
  Object.assign(URL, { createObjectURL: () => "blob:x", revokeObjectURL: () => undefined });
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    made.push(this.download);
  });
  render(figure);

  for (const format of ["SVG", "CSV"]) {
    await userEvent.click(screen.getByRole("button", { name: "Download: Coverage" }));
    expect(screen.getAllByRole("menuitem").map((item) => item.textContent)).toEqual([
      "SVG",
      "PNG",
      "CSV",
      "Parquet",
    ]);
    await userEvent.click(screen.getByRole("menuitem", { name: format }));
  }

  expect(made).toEqual(["coverage.svg", "coverage.csv"]);
});

test("a drawing says what the page is of, and the link of that moment", async () => {
  const blobs: Blob[] = [];
  Object.assign(URL, { createObjectURL: (blob: Blob) => blobs.push(blob) && "blob:x" });
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
  render(<OriginContext value={{ facts: [["Boards", "all"]] }}>{figure}</OriginContext>);
  window.history.replaceState(null, "", "/agreement/x?classes=3");

  await userEvent.click(screen.getByRole("button", { name: "Download: Coverage" }));
  await userEvent.click(screen.getByRole("menuitem", { name: "SVG" }));

  const file = new DOMParser().parseFromString((await blobs[0]?.text()) ?? "", "image/svg+xml");
  expect(JSON.parse(file.querySelector("metadata")?.textContent ?? "")).toEqual({
    Boards: "all",
    Link: `${window.location.origin}/agreement/x?classes=3`,
  });
});

test("on paper the table stands open, and afterwards it is as it was left", async () => {
  render(figure);
  const table = screen.getByText("Table").closest("details");
  expect(table?.open).toBe(false);

  act(() => void window.dispatchEvent(new Event("beforeprint")));
  expect(table?.open).toBe(true);
  act(() => void window.dispatchEvent(new Event("afterprint")));
  expect(table?.open).toBe(false);

  await userEvent.click(screen.getByText("Table"));
  act(() => void window.dispatchEvent(new Event("beforeprint")));
  act(() => void window.dispatchEvent(new Event("afterprint")));
  expect(table?.open).toBe(true);
});

const names = ["1", "2", "3"].map((key) => ({ key, name: `Annotator ${key}`, short: key }));
const cells = [
  { row: "1", column: "2", value: 0.88, note: "99 of 112 maps" },
  { row: "1", column: "3", value: null, bound: { lower: 0.58, upper: 0.61 }, note: "112 maps" },
  { row: "2", column: "3", value: null, note: "", reason: "no activation named by both" },
];

function Matrix() {
  const [pair, setPair] = useState<Pair | null>(null);
  return <PairMatrix names={names} cells={cells} label="Agreement" selected={pair} onSelect={setPair} />;
}

test("a cell says its pair, its value and of how many; bounds and undefined values say what they are", () => {
  render(<Matrix />);

  expect(
    screen.getAllByRole("button", { name: /^Annotator 1 and Annotator 2/ })[0]?.getAttribute("aria-label"),
  ).toBe("Annotator 1 and Annotator 2: 0.88, 99 of 112 maps");
  expect(
    screen.getByRole("button", { name: "Annotator 1 and Annotator 3: bound, 0.58 to 0.61, 112 maps" }),
  ).toBeTruthy();
  const undefinedCell = screen.getByRole("button", {
    name: "Annotator 2 and Annotator 3: not defined, no activation named by both",
  });
  expect(undefinedCell.textContent).toContain("–");
});

test("a bound is drawn from its lower to its upper end on the scale of its cell", () => {
  render(<Matrix />);
  const [cell] = screen.getAllByRole("button", { name: /bound, 0\.58 to 0\.61/ });
  const number = (selector: string, name: string) =>
    Number(cell?.querySelector(selector)?.getAttribute(name));
  const [zero, one] = [number("line", "x1"), number("line", "x2")];
  const [from, long] = [number(".bound", "x"), number(".bound", "width")];

  expect((from - zero) / (one - zero)).toBeCloseTo(0.58);
  expect((from + long - zero) / (one - zero)).toBeCloseTo(0.61);
});

test("the matrix is one stop of Tab; arrows walk over it and Enter chooses, on both sides of the diagonal", async () => {
  render(<Matrix />);

  await userEvent.tab();
  await userEvent.keyboard("{ArrowDown}{Enter}");
  // From 1 × 2 down over the diagonal to 3 × 2.
  const chosen = screen.getAllByRole("button", { pressed: true });

  expect(document.activeElement?.getAttribute("aria-label")).toMatch(/^Annotator 3 and Annotator 2/);
  expect(chosen.map((cell) => cell.getAttribute("aria-label")?.slice(0, 27))).toEqual([
    "Annotator 2 and Annotator 3",
    "Annotator 3 and Annotator 2",
  ]);
  await userEvent.tab();
  expect(document.activeElement).toBe(document.body);
});

function Drawing() {
  const [edge, setEdge] = useState<EdgeEnds | null>(null);
  return (
    <>
      <MatchingDrawing
        label="Matching of Annotator 1 and 2"
        leftName="Annotator 1"
        rightName="Annotator 2"
        selected={edge}
        onSelect={setEdge}
        matching={{
          left: [{ id: "l", name: "thin crack", size: 35, family: 0 }],
          right: [
            { id: "r", name: "long line", size: 18, family: 0 },
            { id: "s", name: null, size: 5, family: null },
          ],
          edges: [
            { left: "l", right: "r", weight: 18, family: 0 },
            { left: "l", right: "s", weight: 1, family: null },
          ],
        }}
      />
      <output>{edge ? `${edge.left}-${edge.right}` : "nothing"}</output>
    </>
  );
}

test("an edge says its concepts, its maps and its family, and is chosen by click or keys", async () => {
  render(<Drawing />);
  const says = "thin crack and long line, 18 maps in common, matched, family A";

  await userEvent.click(screen.getByRole("button", { name: says }));
  expect(screen.getByRole("status").textContent).toBe("l-r");
  expect(screen.getByRole("button", { name: says }).getAttribute("aria-pressed")).toBe("true");

  await userEvent.keyboard("{ArrowDown}");
  expect(document.activeElement?.getAttribute("aria-label")).toBe(
    "thin crack and no name, 1 map in common, not matched",
  );
  await userEvent.keyboard(" ");
  expect(screen.getByRole("status").textContent).toBe("l-s");
});
