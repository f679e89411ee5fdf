import type { OverviewClass } from "../../api/agreement";
import { ChartFrame } from "../../charts/ChartFrame";
import { StackedBars } from "../../charts/StackedBars";
import { count, fixed, many, percent, UNDEFINED } from "../../components/format";
import type { Column } from "../../components/table/column";
import { WithNote } from "../../components/table/Table";
import { shareColumn } from "./columns";
import { namedByGroups, namedByLevels, oneSided, withFigures } from "./figures";
import { useRound } from "./round";
import { useFileName } from "./useFileName";

/** Figure 6 of the naming paper, and alpha: do annotators agree on which maps to name at all. */
export function NamedBy({ classes }: { classes: readonly OverviewClass[] }) {
  const { overview } = useRound();
  const fileName = useFileName();
  const levels = namedByLevels(classes);
  const groups = namedByGroups(classes);
  return (
    <ChartFrame
      title="Named by how many"
      lead="Share of a class’s maps that nobody, one, two … annotators named: many at both ends means agreement on what is worth a name."
      n={`${many(classes.length, "class", "classes")}. Interval of alpha: 95 %, from ${count(overview.choices.resamples)} resamples of images; how it would vary with other images, not with other annotators.`}
      file={fileName("named by how many")}
      columns={columns(levels.map(({ key, name }) => ({ number: Number(key), name })))}
      rows={classes}
      rowKey={(row) => String(row.position)}
      notes={withFigures(classes).flatMap(({ each, figures }) => {
        const why = oneSided(figures.named_alpha.named);
        return why ? [`${each.name}: ${why}.`] : [];
      })}
      open
    >
      <StackedBars
        groups={groups}
        levels={levels}
        things="map"
        label={groups
          .map(
            (group) =>
              `${group.name}, ${many(group.n, "map")}: ${levels.map(({ key, name }) => `${name} ${percent((group.counts[key] ?? 0) / group.n, 0)}`).join(", ")}`,
          )
          .join(". ")}
      />
    </ChartFrame>
  );
}

const alpha = (row: OverviewClass) => row.figures?.named_alpha ?? null;

function columns(levels: readonly { number: number; name: string }[]): Column<OverviewClass>[] {
  return [
    { key: "name", title: "Class", value: (row) => row.name },
    {
      key: "maps",
      title: "Maps",
      align: "right",
      value: (row) => row.figures?.n_activations ?? null,
      show: (row) => count(row.figures?.n_activations ?? null),
    },
    ...levels.map(({ number, name }): Column<OverviewClass> => {
      const of = (row: OverviewClass) =>
        row.figures?.named_by_exactly.find((each) => each.n_annotators === number)?.ratio ?? null;
      return {
        key: `by_${number}`,
        title: name,
        align: "right",
        kind: "number",
        value: (row) => of(row)?.value ?? null,
        show: (row) => {
          const found = of(row);
          return found ? <WithNote note={count(found.k)}>{percent(found.value)}</WithNote> : UNDEFINED;
        },
        extra: [{ title: `${name}, k`, kind: "integer", value: (row) => of(row)?.k ?? null }],
      };
    }),
    shareColumn(
      {
        key: "named",
        title: "Share named",
        about: "Of all annotators on all maps, those who named it",
      },
      (row) => alpha(row)?.named ?? null,
    ),
    shareColumn(
      {
        key: "equal",
        title: "Equal pairs",
        about: "Of the pairs of annotators on one map, those who both named it or both did not",
      },
      (row) => alpha(row)?.equal_pairs ?? null,
    ),
    {
      key: "alpha",
      title: "Alpha",
      about: "Krippendorff’s alpha of named or not: 1 is full agreement, 0 is chance",
      align: "right",
      kind: "number",
      value: (row) => alpha(row)?.value ?? null,
      reason: (row) => alpha(row)?.reason ?? null,
      show: (row) => {
        const found = alpha(row);
        const interval = found?.interval;
        const note =
          found?.value == null
            ? (found?.reason ?? "")
            : interval?.low != null && interval.high != null
              ? `${fixed(interval.low)} to ${fixed(interval.high)}`
              : (interval?.reason ?? "no interval");
        return <WithNote note={note}>{fixed(found?.value)}</WithNote>;
      },
      extra: [
        { title: "Alpha, low", kind: "number", value: (row) => alpha(row)?.interval?.low ?? null },
        { title: "Alpha, high", kind: "number", value: (row) => alpha(row)?.interval?.high ?? null },
        { title: "Alpha, maps", kind: "integer", value: (row) => alpha(row)?.n_units ?? null },
        { title: "Alpha, annotators", kind: "integer", value: (row) => alpha(row)?.n_annotators ?? null },
      ],
    },
  ];
}
