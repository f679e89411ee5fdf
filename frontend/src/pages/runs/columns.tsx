import type { ClassRow, Measured, Ratio } from "../../api/types";
import { count, fixed, percent, UNDEFINED } from "../../components/format";
import type { Column } from "../../components/table/column";
import { WithNote } from "../../components/table/Table";

export type Part = "overview" | "errors" | "features" | "maps";

type Figures = ClassRow["figures"];

function whole(
  key: string,
  title: string,
  about: string,
  pick: (figures: Figures) => number | null,
): Column<ClassRow> {
  const value = (row: ClassRow) => pick(row.figures);
  return {
    key,
    title,
    about,
    align: "right",
    value,
    show: (row) => {
      const found = value(row);
      return found === null ? UNDEFINED : count(found);
    },
  };
}

function measured(
  key: string,
  title: string,
  about: string,
  pick: (figures: Figures) => Measured,
  things: string,
  digits = 3,
): Column<ClassRow> {
  return {
    key,
    title,
    about,
    align: "right",
    kind: "number",
    value: (row) => pick(row.figures).value,
    show: (row) => {
      const found = pick(row.figures);
      return (
        <WithNote
          note={found.value === null ? (found.reason ?? "not defined") : `${count(found.n)} ${things}`}
        >
          {fixed(found.value, digits)}
        </WithNote>
      );
    },
    extra: [{ title: `${title}, n`, value: (row) => pick(row.figures).n }],
  };
}

function ratio(
  key: string,
  title: string,
  about: string,
  pick: (figures: Figures) => Ratio,
): Column<ClassRow> {
  return {
    key,
    title,
    about,
    align: "right",
    kind: "number",
    value: (row) => pick(row.figures).value,
    show: (row) => {
      const found = pick(row.figures);
      return <WithNote note={`${count(found.k)} of ${count(found.n)}`}>{percent(found.value)}</WithNote>;
    },
    extra: [
      { title: `${title}, k`, value: (row) => pick(row.figures).k },
      { title: `${title}, n`, value: (row) => pick(row.figures).n },
    ],
  };
}

const name: Column<ClassRow> = { key: "name", title: "Class", value: (row) => row.name };

const images = whole("images", "Images", "Test images with this label", (each) => each.images);

const perImage = measured(
  "per_image",
  "Significant per image",
  "Significant X-features of an image of this label, on average",
  (each) => each.per_image,
  "images",
  2,
);

const onBoard: Column<ClassRow> = {
  key: "on_board",
  title: "Maps on board",
  about: "Significant maps whose mass was not lost on the way",
  align: "right",
  value: (row) => row.maps_on_board,
  show: (row) => (row.maps_on_board === null ? UNDEFINED : count(row.maps_on_board)),
};

const live = whole(
  "live",
  "Live",
  "X-features that are significant for some training image",
  (each) => each.live,
);

const plainCosine = measured(
  "plain_cosine",
  "Cosine, plain",
  "Mean cosine of two maps of one image; 1 means the same picture",
  (each) => each.plain_cosine,
  "images",
);

const contrastiveCosine = measured(
  "contrastive_cosine",
  "Cosine, contrastive",
  "Mean cosine of two maps of one image; 1 means the same picture",
  (each) => each.contrastive_cosine,
  "images",
);

const parts: Record<Part, readonly Column<ClassRow>[]> = {
  overview: [
    images,
    whole(
      "significant",
      "Significant",
      "Significant X-features of all these images",
      (each) => each.significant,
    ),
    perImage,
    ratio("network", "Network right", "Share that the network calls so", (each) => each.accuracy_network),
    ratio(
      "xnn",
      "With X-features",
      "The same with this class’s score rebuilt from its X-features",
      (each) => each.accuracy_xnn,
    ),
    live,
    onBoard,
  ],
  errors: [
    measured(
      "rmse_all",
      "RMSE",
      "Of the rebuilt score, in logits, over all test images",
      (each) => each.rmse_all,
      "images",
    ),
    measured(
      "rmse_pos",
      "RMSE, this label",
      "Over test images with this label",
      (each) => each.rmse_positives,
      "images",
    ),
    measured(
      "rmse_neg",
      "RMSE, others",
      "Over test images with another label",
      (each) => each.rmse_negatives,
      "images",
    ),
    measured(
      "rel_all",
      "RMSE / σ",
      "Divided by the deviation of the network’s score over all test images",
      (each) => each.relative_rmse_all,
      "images",
    ),
    measured(
      "rel_pos",
      "RMSE / σ, this label",
      "Over test images with this label",
      (each) => each.relative_rmse_positives,
      "images",
    ),
    measured(
      "rel_neg",
      "RMSE / σ, others",
      "Over test images with another label",
      (each) => each.relative_rmse_negatives,
      "images",
    ),
  ],
  features: [
    live,
    whole("dead", "Dead", "X-features that are significant for no training image", (each) => each.dead),
    whole("negative", "Negative", "X-features that only lower the score", (each) => each.negative),
    whole("attempts", "Attempts", "How often the class was trained", (each) => each.attempts),
    whole(
      "unexplained",
      "Unexplained",
      "Images without any significant X-feature",
      (each) => each.unexplained,
    ),
  ],
  maps: [
    plainCosine,
    contrastiveCosine,
    whole("lost", "Lost", "Maps that lost their whole mass and are on no board", (each) => each.lost),
    whole(
      "mostly_lost",
      "Mostly lost",
      "Maps that lost more than half of their mass",
      (each) => each.mostly_lost,
    ),
    onBoard,
  ],
};

export function partColumns(part: Part): readonly Column<ClassRow>[] {
  return [name, ...parts[part]];
}

/** Everything, each column once, for the download. */
export const allColumns: readonly Column<ClassRow>[] = [
  name,
  ...new Map(
    Object.values(parts).flatMap((columns) => columns.map((column) => [column.key, column])),
  ).values(),
];
