import { useNavigate, useSearch } from "@tanstack/react-router";
import type { PointingRow, RunDetail, VariantFigures } from "../../api/types";
import { ChartFrame } from "../../charts/ChartFrame";
import { DotChart, type DotLine } from "../../charts/DotChart";
import { count, fixed, many } from "../../components/format";
import { Card, Fact, Facts } from "../../components/Page";
import { Segmented } from "../../components/Segmented";
import type { Column } from "../../components/table/column";
import { type PointingLine, pointingLines, TOLERANCES, type Tolerance } from "./pointing";
import styles from "./RunPage.module.css";

interface ComparisonProps {
  run: RunDetail;
  variants: readonly VariantFigures[];
}

/** Plain and contrastive maps beside each other: how much the maps of an image differ, how often they point. */
export function Comparison({ run, variants }: ComparisonProps) {
  const pointing = variants.some((each) => each.pointing.length > 0);
  return (
    <>
      <Card
        title="Plain and contrastive maps"
        lead="Mean cosine of two maps of one image: near 1 they are the same picture, and a board of them says nothing."
      >
        <Facts>
          {variants.map((each) => (
            <Fact
              key={each.variant}
              value={fixed(each.cosine.value, 3)}
              of={
                each.cosine.value === null
                  ? `${each.variant}: ${each.cosine.reason ?? "not defined"}`
                  : `mean cosine, ${each.variant}, over ${many(each.cosine.n, "image")}${each.empty > 0 ? `; ${many(each.empty, "map")} without any mass` : ""}`
              }
            />
          ))}
        </Facts>
      </Card>
      {pointing ? <Pointing run={run} variants={variants} /> : null}
    </>
  );
}

function Pointing({ run, variants }: ComparisonProps) {
  const search = useSearch({ strict: false }) as { tolerance?: Tolerance };
  const navigate = useNavigate();
  const tolerance = search.tolerance ?? "exact";
  const lines = pointingLines(variants, tolerance);
  const file = `${run.name} pointing ${tolerance.replace("_", " ")}`;
  const choose = (next: Tolerance) =>
    void navigate({
      to: ".",
      search: (before: Record<string, unknown>) => ({ ...before, tolerance: next }),
      replace: true,
      resetScroll: false,
    } as never);
  return (
    <ChartFrame
      title="How often maps point at what is marked"
      lead={`${TOLERANCES.find((each) => each.value === tolerance)?.says} Maps without any mass count as misses. 95 % intervals by bootstrap over groups.`}
      n={pooledN(lines)}
      file={file}
      columns={COLUMNS}
      rows={lines}
      rowKey={(line) => line.key}
      open
      actions={
        <Segmented label="Tolerance" hideLabel value={tolerance} onValue={choose} options={TOLERANCES} />
      }
    >
      <DotChart
        lines={lines.map((line) => dotLine(line, run.variant ?? "plain"))}
        axis="share of maps that point"
        label={sentence(lines)}
      />
    </ChartFrame>
  );
}

function pooledN(lines: readonly PointingLine[]): string {
  const all = lines.find((line) => line.plain.level === "pooled")?.plain;
  return all
    ? `${many(all.maps, "map")} of ${many(all.images, "image")} in ${many(all.groups, "group")}`
    : "";
}

function dotLine(line: PointingLine, chosen: "plain" | "contrastive"): DotLine {
  const dot = (name: "plain" | "contrastive") => {
    const { value, low, high } = line[name];
    return { name, value, low, high, tone: name === chosen ? ("accent" as const) : ("grey" as const) };
  };
  return {
    key: line.key,
    name: line.name,
    note: `${many(line.plain.maps, "map")}, ${many(line.plain.groups, "group")}`,
    strong: line.overall,
    dots: [dot("plain"), dot("contrastive")],
    baselines: [
      { name: "random pixel", value: line.plain.uniform },
      { name: "centre", value: line.plain.centre },
    ],
  };
}

function sentence(lines: readonly PointingLine[]): string {
  const all = lines.find((line) => line.plain.level === "pooled");
  if (!all) return "Share of maps that point at what is marked.";
  return `Of ${count(all.plain.maps)} maps, ${fixed(all.plain.value)} of the plain and ${fixed(all.contrastive.value)} of the contrastive ones point at what is marked; a random pixel ${fixed(all.plain.uniform)}, the centre ${fixed(all.plain.centre)}.`;
}

function interval(row: PointingRow): string {
  return row.low === null || row.high === null
    ? (row.reason ?? "no interval")
    : `${fixed(row.low)} to ${fixed(row.high)}`;
}

function share(variant: "plain" | "contrastive", title: string): Column<PointingLine> {
  return {
    key: variant,
    title,
    kind: "number",
    align: "right",
    value: (line) => line[variant].value,
    show: (line) => (
      <span className={styles.share}>
        {fixed(line[variant].value)} <small>{interval(line[variant])}</small>
      </span>
    ),
    extra: [
      { title: `${title}, low`, kind: "number", value: (line) => line[variant].low },
      { title: `${title}, high`, kind: "number", value: (line) => line[variant].high },
      { title: `${title}, hits`, value: (line) => line[variant].hits },
      { title: `${title}, lost`, value: (line) => line[variant].lost },
    ],
  };
}

const COLUMNS: readonly Column<PointingLine>[] = [
  { key: "name", title: "Fine label", value: (line) => line.name },
  {
    key: "maps",
    title: "Maps",
    align: "right",
    value: (line) => line.plain.maps,
    show: (line) => count(line.plain.maps),
  },
  {
    key: "images",
    title: "Images",
    align: "right",
    value: (line) => line.plain.images,
    show: (line) => count(line.plain.images),
  },
  {
    key: "groups",
    title: "Groups",
    align: "right",
    value: (line) => line.plain.groups,
    show: (line) => count(line.plain.groups),
  },
  share("plain", "Plain"),
  share("contrastive", "Contrastive"),
  {
    key: "uniform",
    title: "Random pixel",
    about: "Expected share for a pixel drawn from the whole photograph",
    kind: "number",
    align: "right",
    value: (line) => line.plain.uniform,
    show: (line) => fixed(line.plain.uniform),
  },
  {
    key: "centre",
    title: "Centre",
    about: "Share for the centre of the photograph",
    kind: "number",
    align: "right",
    value: (line) => line.plain.centre,
    show: (line) => fixed(line.plain.centre),
  },
];
