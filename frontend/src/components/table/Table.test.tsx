import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Column } from "./column";
import { Table } from "./Table";

interface Row {
  name: string;
  share: number | null;
}

const columns: readonly Column<Row>[] = [
  { key: "name", title: "Name", value: (row) => row.name },
  { key: "share", title: "Share", align: "right", value: (row) => row.share },
];
const rows: Row[] = [
  { name: "crack", share: 0.2 },
  { name: "fray", share: null },
  { name: "break", share: 0.9 },
];

const names = () =>
  within(screen.getByRole("table"))
    .getAllByRole("rowheader")
    .map((cell) => cell.textContent);

test("a head sorts by its column and says so, a second time the other way round", async () => {
  render(<Table caption="Shares" columns={columns} rows={rows} rowKey={(row) => row.name} />);
  const head = screen.getByRole("button", { name: "Share" });

  await userEvent.click(head);
  expect(names()).toEqual(["break", "crack", "fray"]);
  expect(screen.getByRole("columnheader", { name: "Share" }).getAttribute("aria-sort")).toBe("descending");

  await userEvent.click(head);
  expect(names()).toEqual(["crack", "break", "fray"]);
  expect(screen.getByRole("columnheader", { name: "Share" }).getAttribute("aria-sort")).toBe("ascending");
});

test("a head is reached and pressed with the keyboard alone", async () => {
  render(<Table caption="Shares" columns={columns} rows={rows} rowKey={(row) => row.name} />);

  await userEvent.tab(); // the region that scrolls
  await userEvent.tab();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Name" }));
  await userEvent.keyboard("{Enter}");

  expect(names()).toEqual(["break", "crack", "fray"]);
});

test("what is not defined is shown as a dash", () => {
  render(<Table caption="Shares" columns={columns} rows={rows} rowKey={(row) => row.name} />);

  expect(screen.getByRole("row", { name: "fray –" })).toBeTruthy();
});
