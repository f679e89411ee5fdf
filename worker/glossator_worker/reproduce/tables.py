"""Reproductions as Markdown. Undefined values are a dash, never 0."""

from collections.abc import Sequence

from glossator_worker.explain.faithfulness import ClassRow, MapLikeness
from glossator_worker.reproduce.bird_parts import PartShares
from glossator_worker.reproduce.study import Study

DASH = "–"
_COLUMNS = (
    "class",
    "images",
    "significant",
    "per image",
    "network %",
    "xNN %",
    "RMSE own",
    "others",
    "all",
    "RMSE/σ own",
    "others",
    "all",
    "live",
    "dead",
    "negative",
    "cosine plain (n)",
    "contrastive (n)",
)

PAPER_ROWS = {
    "Laysan_Albatross": (60, 118, 1.97, 86.7, 86.7, 0.23),
    "Crested_Auklet": (44, 108, 2.45, 93.2, 93.2, 0.23),
    "Brewer_Blackbird": (59, 158, 2.68, 67.8, 67.8, 0.51),
    "Red_winged_Blackbird": (60, 120, 2.0, 95.0, 95.0, 0.41),
}
"""The paper's row for species in both: images, significant, per image, network %, xNN %, RMSE."""


def study_table(study: Study) -> str:
    """Give Table 1 of a study, with the figures over all classes below."""
    rows = [
        _class_cells(study.class_names[row.class_index], row, study.contrastive.get(row.class_index))
        for row in study.table.rows
    ]
    overall = study.table.overall
    lost = [float(value) for found in study.maps.values() for value in found.lost]
    lines = [
        f"### {study.title}",
        "",
        f"{study.training_images} training and {overall.images} test images; "
        f"every figure below is of test images. Maps at {study.stop}.",
        "",
        markdown(_COLUMNS, rows),
        "",
        f"Over all {overall.images} test images: "
        f"accuracy of the network {_percent(overall.accuracy_network)} %, "
        f"with the scores of {overall.replaced} of {len(study.class_names)} classes replaced "
        f"{_percent(overall.accuracy_xnn)} %; equal predictions {_percent(overall.agreement)} %; "
        f"{_number(overall.significant_per_image)} significant activations per image (mean over classes). "
        f"Mean cosine of an image's maps: plain {_likeness(study.pooled_plain)}, "
        f"contrastive {_likeness(study.pooled_contrastive)}. "
        f"Excitation lost on the way, largest map: {max(lost, default=0.0):.2g}. "
        f"Training of the xNNs: {study.training_seconds:.1f} s of CPU time.",
    ]
    return "\n".join(lines)


def _class_cells(name: str, row: ClassRow, contrastive: MapLikeness | None) -> list[str]:
    return [
        name if row.state.has_xnn else f"{name} ({row.state.sentence('it')})",
        str(row.images),
        str(row.significant),
        _number(row.significant_per_image),
        _percent(row.accuracy_network),
        _percent(row.accuracy_xnn),
        *(_number(value, 3) for value in (row.rmse_positives, row.rmse_negatives, row.rmse_all)),
        *(
            _number(value, 3)
            for value in (
                row.relative_rmse_positives,
                row.relative_rmse_negatives,
                row.relative_rmse_all,
            )
        ),
        str(row.live),
        str(row.dead),
        str(row.negative),
        _likeness(row.maps),
        _likeness(contrastive),
    ]


def paper_table(study: Study) -> str:
    """Give the species that are also in the paper, its row below ours."""
    rows = []
    for row in study.table.rows:
        name = study.class_names[row.class_index]
        if name in PAPER_ROWS:
            images, significant, per_image, network, xnn, rmse = PAPER_ROWS[name]
            rows.append(
                [
                    f"{name}, here",
                    str(row.images),
                    str(row.significant),
                    _number(row.significant_per_image),
                    _percent(row.accuracy_network, 1),
                    _percent(row.accuracy_xnn, 1),
                    _number(row.rmse_all),
                ]
            )
            rows.append(
                [
                    f"{name}, paper",
                    str(images),
                    str(significant),
                    _number(per_image),
                    f"{network:.1f}",
                    f"{xnn:.1f}",
                    _number(rmse),
                ]
            )
    columns = ("species", "images", "significant", "per image", "network %", "xNN %", "RMSE, all")
    return markdown(columns, rows)


def parts_table(shares: PartShares) -> str:
    """Give the share of maps per nearest part."""
    columns = (
        "part",
        f"plain maps % (n = {shares.maps})",
        f"contrastive maps % (n = {shares.contrastive_maps})",
        "centre of the picture %",
        "random pixel %",
    )
    rows = [
        [name, *(_percent(found.get(name, 0.0), 1) for found in kinds)]
        for kinds in [(shares.plain, shares.contrastive, shares.centre, shares.random)]
        for name in shares.parts
    ]
    return markdown(columns, rows)


def markdown(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Give a table with the first column left and the others right aligned."""
    lines = [columns, ["---", *["---:"] * (len(columns) - 1)], *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _number(value: float | None, digits: int = 2) -> str:
    return DASH if value is None else f"{value:.{digits}f}"


def _percent(value: float | None, digits: int = 2) -> str:
    return DASH if value is None else f"{100 * value:.{digits}f}"


def _likeness(value: MapLikeness | None) -> str:
    return DASH if value is None else f"{_number(value.mean_cosine, 3)} ({value.images})"
