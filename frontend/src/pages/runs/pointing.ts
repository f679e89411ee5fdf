import type { PointingRow, Variant, VariantFigures } from "../../api/types";

export type Tolerance = "exact" | "half_cell" | "one_cell";

export const TOLERANCES: readonly { value: Tolerance; label: string; says: string }[] = [
  { value: "exact", label: "Exactly", says: "The map’s maximum lies inside the mask." },
  {
    value: "half_cell",
    label: "Half a cell",
    says: "The map’s maximum lies at most half a cell of the map outside the mask.",
  },
  {
    value: "one_cell",
    label: "One cell",
    says: "The map’s maximum lies at most one cell of the map outside the mask.",
  },
];

/** One line of the pointing game with both variants beside each other. */
export interface PointingLine {
  readonly key: string;
  readonly name: string;
  /** A fine label, or a figure over all of them. */
  readonly overall: boolean;
  readonly plain: PointingRow;
  readonly contrastive: PointingRow;
}

/** The lines of one tolerance: fine labels by falling share of the plain maps, then their mean, then all maps. */
export function pointingLines(variants: readonly VariantFigures[], tolerance: Tolerance): PointingLine[] {
  const of = (variant: Variant) =>
    variants
      .find((each) => each.variant === variant)
      ?.pointing.filter((row) => row.tolerance === tolerance) ?? [];
  const contrastive = of("contrastive");
  const lines = of("plain").flatMap((plain): PointingLine[] => {
    const other = contrastive.find((row) => row.level === plain.level && row.fine_label === plain.fine_label);
    if (!other) return [];
    const overall = plain.level !== "fine_label";
    return [
      {
        key: `${plain.level} ${plain.fine_label ?? ""}`,
        name: nameOf(plain),
        overall,
        plain,
        contrastive: other,
      },
    ];
  });
  const fine = lines
    .filter((line) => !line.overall)
    .sort((left, right) => right.plain.value - left.plain.value);
  return [...fine, ...lines.filter((line) => line.overall)];
}

function nameOf(row: PointingRow): string {
  if (row.level === "macro") return "mean of the fine labels";
  if (row.level === "pooled") return "all maps alike";
  return row.fine_label ?? "";
}
