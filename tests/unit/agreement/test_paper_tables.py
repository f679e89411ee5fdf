"""Figures of the naming paper's printed tables that follow from others, and where the print is wrong."""

import numpy as np
import pytest

from glossator.agreement.measure import measure_class
from glossator.agreement.namings import ClassNamings, Concept, Naming
from glossator.agreement.settings import Settings
from glossator.agreement.summary import mean, summary

CLASSES = "abcdefghijkl"
IMAGES = (60, 44, 59, 60, 60, 57, 60, 60, 60, 60, 60, 51)
ACTIVATIONS = (118, 108, 158, 120, 73, 167, 138, 125, 170, 124, 120, 81)
PRINTED = (1.97, 2.45, 2.68, 2, 1.22, 2.93, 2.3, 2.08, 2.83, 2.07, 2, 1.49)
TABLE_1 = list(zip(CLASSES, IMAGES, ACTIVATIONS, PRINTED, strict=True))

TABLE_2 = (
    "0.66 0.66 0.68 0.65 0.65/0.69 0.76 0.75 0.76 0.78/0.60 0.63 0.62 0.61 0.6/0.79 0.76 0.8 0.73 0.76/"
    "0.88 0.88 0.91 0.93 0.90/0.58 0.65 0.60 0.58 0.60/0.72 0.71 0.72 0.74 0.68/0.77 0.77 0.76 0.73 0.76/"
    "0.62 0.61 0.61 0.52 0.57/0.56 0.61 0.62 0.59 0.60/0.80 0.75 0.71 0.75 0.76/0.87 0.88 0.85 0.86 0.86"
)
TABLE_3 = (
    "0.39 0.51 0.30 0.45 0.38/0.62 0.65 0.57 0.59 0.65/0.71 0.55 0.49 0.79 0.51/0.71 0.8 0.75 0.77 0.84/"
    "0.71 0.7 0.66 0.73 0.65/0.72 0.44 0.75 0.75 0.61/0.44 0.37 0.4 0.65 0.49/0.46 0.46 0.5 0.49 0.38/"
    "0.33 0.35 0.31 0.55 0.31/0.47 0.56 0.58 0.54 0.55/0.43 0.38 0.36 0.53 0.57/0.70 0.81 0.61 0.75 0.86"
)


def table(text: str) -> list[list[float]]:
    return [[float(cell) for cell in row.split()] for row in text.split("/")]


@pytest.mark.parametrize(("name", "images", "activations", "printed"), TABLE_1)
def test_activations_per_image_of_table_1(name: str, images: int, activations: int, printed: float) -> None:
    image_of = np.sort(np.arange(activations, dtype=np.int32) % images)
    made = ClassNamings(
        name,
        tuple(f"{n:03}" for n in range(activations)),
        tuple(f"{n:03}" for n in range(images)),
        image_of,
        ("x",),
        np.zeros(activations, dtype=np.int32),
        np.full(images, -1, dtype=np.int8),
        (Naming("p", (Concept("c", "c"),), np.zeros(activations, dtype=np.int32)),),
    )
    per_image = measure_class(made, Settings(bootstrap=0)).activations_per_image
    if name == "l":
        assert round(per_image, 2) == 1.59 != printed
        assert round(76 / 51, 2) == printed
    else:
        assert round(per_image, 2) == printed


def test_there_are_1502_activations_of_691_images() -> None:
    assert (sum(ACTIVATIONS), sum(IMAGES)) == (1502, 691)


@pytest.mark.parametrize(
    ("means", "recomputed", "printed"),
    [
        ("0.74 0.82 0.79 0.96 0.88 0.77 0.69 0.73 0.69 0.74 0.71 0.86", 0.7817, 0.78),
        # 0.91 would be cut off, not rounded.
        ("0.96 0.91 0.92 0.98 0.97 0.94 0.91 0.86 0.85 0.85 0.92 0.95", 0.9183, 0.92),
        ("0.82 0.81 0.75 0.8 0.83 0.86 0.8 0.7 0.8 0.75 0.77 0.85", 0.7950, 0.80),
        ("0.65 0.91 0.56 0.98 0.64 0.37 0.61 0.49 0.57 0.43 0.3 0.35", 0.5717, 0.57),
        ("0.56 0.83 0.51 0.96 0.58 0.35 0.49 0.42 0.53 0.42 0.32 0.41", 0.5317, 0.53),
        ("0.99 0.97 0.98 0.99 1 1 0.99 0.99 1 1 0.94 0.88", 0.9775, 0.98),
        ("0.95 0.97 0.96 0.99 1 0.98 0.96 0.99 0.99 1 0.95 0.91", 0.9708, 0.97),
    ],
)
def test_global_averages_of_tables_5_and_6(means: str, recomputed: float, printed: float) -> None:
    found = mean(float(value) for value in means.split())
    assert found.n == 12
    assert found.value == pytest.approx(recomputed, abs=5e-5)
    assert found.value == pytest.approx(printed, abs=0.005 + 1e-9)


@pytest.mark.parametrize(
    ("text", "printed", "means"),
    [
        (TABLE_2, (0.66, 0.67, 0.67, 0.65, 0.66), (0.71, 0.72, 0.72, 0.70, 0.71)),
        (TABLE_3, (0.52, 0.51, 0.48, 0.58, 0.52), (0.56, 0.55, 0.52, 0.63, 0.57)),
    ],
)
def test_the_last_rows_of_tables_2_and_3_are_sums_over_12_classes_divided_by_13(
    text: str, printed: tuple[float, ...], means: tuple[float, ...]
) -> None:
    for column, was_printed, expected in zip(zip(*table(text), strict=True), printed, means, strict=True):
        assert round(mean(column).value or 0, 2) == pytest.approx(expected, abs=0.0051)
        assert sum(column) / 13 == pytest.approx(was_printed, abs=0.01)
        assert abs((mean(column).value or 0) - was_printed) > 0.03


def test_row_averages_of_tables_2_and_3_but_one_are_means_within_rounding() -> None:
    table_2 = (0.66, 0.75, 0.61, 0.77, 0.90, 0.60, 0.72, 0.76, 0.59, 0.60, 0.75, 0.86)
    table_3 = (0.41, 0.62, 0.61, 0.77, 0.69, 0.65, 0.46, 0.46, 0.37, 0.54, 0.46, 0.75)
    for text, printed in ((TABLE_2, table_2), (TABLE_3, table_3)):
        for name, row, was_printed in zip(CLASSES, table(text), printed, strict=True):
            far = abs((mean(row).value or 0) - was_printed) > 0.01 - 1e-9
            assert far == (text is TABLE_3 and name == "g")


def test_no_ten_shares_deviate_as_much_as_nine_cells_of_table_6_print() -> None:
    largest = summary([0.0] * 5 + [1.0] * 5).sd
    assert largest is not None
    assert largest == pytest.approx(0.527, abs=1e-3)
    printed = (
        "0.3 0.46 0.01 0.02 0.03 0.04 0.01 0.02 1.18 0.88 0.01 0.01 0.01 0.01 0 0 1.23 0.97 0 0 0.43 0.46 0 "
        "0.01 0.28 0.26 0 0.01 0.51 0.35 0 0 0.47 0.34 0 0 0.85 0.69 0 0 0.6 0.31 0.36 0.09 1 0.77 0.31 0.18"
    )
    assert sum(float(value) > largest for value in printed.split()) == 9
