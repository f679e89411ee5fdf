import type { Format } from "../DownloadMenu";
import { type Column, toCsv } from "./column";
import { factsNow, type Origin } from "./origin";
import { toParquet } from "./parquet";

/** Hands a text to the browser as a file. */
export function download(name: string, text: string, type = "text/csv;charset=utf-8"): void {
  saveBlob(name, new Blob([text], { type }));
}

export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the blob after the click returns.
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The files a table can be taken along as; `file` is the name without its ending. CSV stays data alone. */
export function tableFormats<Row>(
  file: string,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  origin: Origin | null,
): Format[] {
  return [
    { label: "CSV", save: () => download(`${file}.csv`, toCsv(rows, columns)) },
    {
      label: "Parquet",
      save: async () => {
        const type = "application/vnd.apache.parquet";
        saveBlob(`${file}.parquet`, new Blob([await toParquet(rows, columns, factsNow(origin))], { type }));
      },
    },
  ];
}
