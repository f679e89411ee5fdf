import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import type { Overview, Permutation } from "../../api/agreement";
import { aClass, aMatchingRange, aShare } from "../../testing/agreement";
import { renderPage } from "../../testing/render";
import { AgreementByClass } from "./AgreementByClass";
import { Coverage } from "./Coverage";
import { NamedBy } from "./NamedBy";
import { OverAll } from "./OverAll";
import { Purity } from "./Purity";
import { RoundContext } from "./round";

const saved: { name: string; blob: Blob }[] = [];

beforeEach(() => {
  saved.length = 0;
  const blobs: Blob[] = [];
  // jsdom has no addresses for blobs.
  Object.assign(URL, { createObjectURL: (blob: Blob) => `blob:${blobs.push(blob) - 1}` });
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push({ name: this.download, blob: blobs[Number(this.href.slice(5))] as Blob });
  });
});

const BASELINE: Permutation = {
  n: 50,
  mean: 0.5,
  sd: 0.1,
  q95: 0.6,
  p: 0.02,
  p_holm: null,
  corrected: 0,
  reason: null,
};

/** A class of three annotators whose figures were compared with 50 permutations. */
function someClass() {
  const found = aClass("bird", 0.5);
  for (const each of found.figures?.annotators ?? []) {
    each.cx_purity_permutation = BASELINE;
    each.xc_purity_permutation = BASELINE;
  }
  const matchings = [{ ...aMatchingRange("d1", 0.5), permutation: BASELINE }];
  if (found.figures) found.figures.pair_summary.matchings = matchings;
  return found;
}

async function shown(part: ReactNode): Promise<void> {
  const overview = { choices: { round_name: "First round", resamples: 2000 } };
  await renderPage(
    <RoundContext value={{ round: "r", basis: {} as never, overview: overview as Overview }}>
      {part}
    </RoundContext>,
  );
}

/** The CSV of a figure or table: its name, and its row by the heads of the columns. */
async function csvOf(of: string): Promise<{ name: string; row: Record<string, string> }> {
  await userEvent.click(screen.getByRole("button", { name: `Download: ${of}` }));
  await userEvent.click(screen.getByRole("menuitem", { name: "CSV" }));
  const { name, blob } = saved.at(-1) as (typeof saved)[number];
  const [head, first] = (await blob.text()).split("\n").map(cells);
  return { name, row: Object.fromEntries(head?.map((title, at) => [title, first?.[at] ?? ""]) ?? []) };
}

const cells = (line: string) =>
  [...line.matchAll(/"([^"]*)"|([^,]+)|(?<=^|,)(?=,|$)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");

const onPaper = (what: "beforeprint" | "afterprint") => act(() => void window.dispatchEvent(new Event(what)));

test("on paper all three figures of coverage stand one after the other, each a file of its own", async () => {
  await shown(<Coverage classes={[someClass()]} />);
  const titles = () => screen.getAllByRole("heading", { level: 2 }).map((each) => each.textContent);
  expect(titles()).toEqual(["Which maps were named"]);

  onPaper("beforeprint");
  expect(titles()).toEqual([
    "Which maps were named",
    "Which images are explained in part",
    "Which images are explained whole",
  ]);
  const tables = [...document.querySelectorAll("details")];
  expect(tables.map(({ open }) => open)).toEqual([true, true, true]);
  const names: string[] = [];
  for (const title of titles()) names.push((await csvOf(title ?? "")).name);
  expect(names).toEqual([
    "First round, named maps.csv",
    "First round, images explained in part.csv",
    "First round, images explained whole.csv",
  ]);

  onPaper("afterprint");
  expect(titles()).toEqual(["Which maps were named"]);
});

test("a figure of coverage is written without the other two", async () => {
  await shown(<Coverage classes={[someClass()]} />);

  const { row } = await csvOf("Which maps were named");
  expect(row).toMatchObject({ Class: "bird", Maps: "0.8", "Maps, k": "8", "Maps, n": "10" });
  expect(Object.keys(row).filter((title) => title.startsWith("Images"))).toEqual([]);
});

test("on paper stand both purities; their permutations are counted in the figures", async () => {
  await shown(<Purity classes={[someClass()]} />);
  expect(screen.getByText(/Chance: 50 permutations of the concept labels\.$/)).toBeTruthy();

  const { name, row } = await csvOf("CX-purity");
  expect(name).toBe("First round, CX-purity.csv");
  expect(row).toMatchObject({
    "annotator-01, chance": "0.5",
    "annotator-01, chance, q95": "0.6",
    "annotator-01, chance, permutations": "50",
    "Mean, undefined": "0",
  });

  onPaper("beforeprint");
  expect(screen.getAllByRole("table").map((each) => each.querySelector("caption")?.textContent)).toEqual([
    "CX-purity",
    "XC-purity",
  ]);
});

test("agreement by class says its permutations, and which shared maps are the least and the most", async () => {
  await shown(<AgreementByClass classes={[someClass()]} />);
  expect(screen.getByText(/^1 class; 50 permutations\./)).toBeTruthy();

  const { name, row } = await csvOf("Agreement by class");
  expect(name).toBe("First round, agreement by class.csv");
  expect(row).toMatchObject({
    "In common, least": "6",
    "In common, most": "8",
    "Chance, D = 1": "0.5",
    "Chance, D = 1, q95": "0.6",
    "Chance, D = 1, permutations": "50",
  });
});

test("alpha stands with the share named and the share of equal pairs, each with k and n", async () => {
  await shown(<NamedBy classes={[someClass()]} />);

  // Of ten maps nobody named one, two of three annotators two, and all three seven.
  const { row } = await csvOf("Named by how many");
  expect(row).toMatchObject({
    "Share named, k": "25",
    "Share named, n": "30",
    "Equal pairs, k": "26",
    "Equal pairs, n": "30",
    "Alpha, maps": "10",
  });
});

test("an average over classes says in how many it is not defined", async () => {
  const average = { macro: { value: 0.5, n: 2, n_undefined: 1 }, pooled: aShare(5, 10) };
  const mean = { value: null, n: 0, n_undefined: 3 };
  await shown(
    <OverAll
      overall={{
        annotators: [
          {
            annotator: "annotator-01",
            n_classes: 3,
            activation_coverage: average,
            partial_coverage: average,
            complete_coverage: average,
            cx_purity: { macro: mean, pooled: aShare(0, 0) },
            xc_purity: average,
          },
        ],
        pairs: {
          jaccard: mean,
          adjusted_rand: mean,
          adjusted_mutual_information: mean,
          v_measure: mean,
          matchings: [],
        },
      }}
    />,
  );

  expect((await csvOf("By annotator")).row).toMatchObject({
    "Maps named, classes": "2",
    "Maps named, undefined classes": "1",
    "CX-purity": "",
    "CX-purity, why undefined": "no defined value",
  });
  expect((await csvOf("Over all classes")).row).toMatchObject({
    Figure: "Jaccard",
    Mean: "",
    "Mean, why undefined": "no defined value",
    "Mean, undefined": "3",
  });
});
