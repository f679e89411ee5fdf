import { type CellValue, type Column, fileColumns, type Kind } from "./column";
import type { Fact } from "./origin";

const TYPES = { text: "STRING", integer: "INT64", number: "DOUBLE" } as const;

/** The kind that holds all values; whole numbers alone are integers, nothing at all is text. */
export function kindOf(values: readonly CellValue[]): Kind {
  const defined = values.filter((value) => value !== null);
  if (defined.length === 0 || defined.some((value) => typeof value === "string")) return "text";
  return defined.every((value) => Number.isSafeInteger(value)) ? "integer" : "number";
}

/**
 * The table as a Parquet file with typed columns, what it is of in the metadata; what is not defined is null.
 * The writer is loaded when asked for.
 */
export async function toParquet<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  facts: readonly Fact[],
): Promise<ArrayBuffer> {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const columnData = fileColumns(columns).map((column) => {
    const values = rows.map(column.value);
    const kind = column.kind ?? kindOf(values);
    return { name: column.title, type: TYPES[kind], data: values.map((value) => stored(value, kind)) };
  });
  const kvMetadata = facts.map(([key, value]) => ({ key, value }));
  return parquetWriteBuffer({ columnData, kvMetadata, createdBy: "Glossator" });
}

function stored(value: CellValue, kind: Kind): string | number | bigint | null {
  if (value === null) return null;
  if (kind === "text") return String(value);
  return kind === "integer" ? BigInt(value) : Number(value);
}
