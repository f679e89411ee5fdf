"""The tables for people: what the worked cases say is in them, with n, bounds and dashes."""

from dataclasses import replace

from tests.unit.agreement.files.measured import measured

from glossator.agreement.files.paper_tables import paper_tables
from glossator.agreement.results import Agreement, Explanation


def table(text: str, title: str) -> list[list[str]]:
    """Header and rows under the heading that contains this; cells are separated by two spaces."""
    lines = text.splitlines()
    at = next(number for number, line in enumerate(lines) if title in line)
    rows = lines[at + 1 : lines.index("", at) if "" in lines[at:] else None]
    return [[cell.strip() for cell in row.split("  ") if cell.strip()] for row in rows]


def test_every_table_and_figure_of_the_paper_is_there() -> None:
    text = paper_tables(*measured("E15"))

    named = ["Table 1", "Figure 3", "Figure 4", "Figure 5", "Figure 6", *(f"Table {n}" for n in range(2, 7))]
    assert [each for each in named if f"({each})" not in text] == []
    assert text.count("(Table 6)") == 3


def test_coverage_stands_beside_its_n() -> None:
    text = paper_tables(*measured("E13"))

    assert table(text, "(Figure 3)") == [
        ["class", "n", "p", "q", "any"],
        ["k", "10", "0.80", "0.60", "0.80"],
        ["mean of classes", "0.80", "0.60"],
    ]
    assert table(text, "(Figure 6)") == [
        ["class", "n", "0", "1", "2", "alpha", "95 % interval"],
        ["k", "10", "0.20", "0.20", "0.60", "0.55"],
    ]


def test_purity_has_its_own_n_in_brackets_and_both_averages() -> None:
    rows = table(paper_tables(*measured("E13")), "(Table 2)")

    assert rows == [
        ["class", "p (n)", "q (n)", "mean", "pooled (n)"],
        ["k", "0.88 (8)", "1.00 (6)", "0.94", "0.93 (14)"],
        ["mean of classes", "0.88", "1.00"],
        ["pooled", "0.88 (8)", "1.00 (6)"],
    ]


def test_explanations_add_up_to_all_images() -> None:
    rows = table(paper_tables(*measured("E13")), "(Table 4)")

    assert rows[1:4] == [
        ["k", "p", "eye, wing", "3", "0.60", "3", "0", "0"],
        ["k", "p", "(unlabeled)", "1", "0.20", "0", "0", "0"],
        ["k", "p", "eye", "1", "0.20", "1", "0", "0"],
    ]


def test_rare_explanations_are_gathered_in_one_row() -> None:
    agreement, source = measured("E13")
    explanation = agreement.classes[0].annotators[0].explanations[0]
    text = paper_tables(_with_explanations(agreement, (explanation,) * 8), source)

    assert table(text, "(Table 4)")[5:7] == [
        ["k", "p", "eye, wing", "3", "0.60", "3", "0", "0"],
        ["k", "p", "(3 other sets)", "9", "1.80"],
    ]


def test_what_is_undefined_is_a_dash_and_who_did_not_work_on_a_class_has_no_cell() -> None:
    text = paper_tables(*measured("E14"))

    assert table(text, "(Figure 3)")[2] == ["m", "1", "0.00", "0.00"]
    assert table(text, "(Table 2)")[1] == ["k", "0.50 (6)", "– (0)", "1.00 (6)", "0.75", "0.75 (12)"]
    assert table(text, "D = 1, over pairs")[1:3] == [
        ["k", "1", "2", "0.50", "0.50", "–", "0.50", "0", "– (0)", "– (0)"],
        ["m", "0", "0", "–", "–", "–", "–", "0", "– (0)", "– (0)"],
    ]


def test_a_pair_stands_with_what_both_named_and_with_chance() -> None:
    rows = table(paper_tables(*measured("E15")), "Pairs:")

    assert rows[0][2:] == [
        "n both",
        "Jaccard",
        "d1",
        "by chance",
        "d2 star",
        "by chance",
        "d2 biclique",
        "by chance",
    ]
    assert rows[2] == ["class 0", "ann0", "ann2", "8", "0.73", "0.50", "0.50", "1.00", "1.00", "1.00", "1.00"]


def test_lower_bounds_are_marked_wherever_they_stand() -> None:
    agreement, source = measured("E13")
    text = paper_tables(_bounded(agreement), source)

    assert table(text, "Pairs:")[1] == ["k", "p", "q", "6", "0.75", "≥1.00", "1.00", "1.00"]
    d1 = table(text, "D = 1, over pairs")
    assert d1[1][:8] == ["k", "1", "0", "≥1.00", "≥1.00", "–", "≥1.00", "1"]
    assert d1[2][:3] == ["mean of classes", "≥1.00", "1"]


def _with_explanations(agreement: Agreement, explanations: tuple[Explanation, ...]) -> Agreement:
    [class_] = agreement.classes
    first, *others = class_.annotators
    annotators = (replace(first, explanations=explanations), *others)
    return replace(agreement, classes=(replace(class_, annotators=annotators),))


def _bounded(agreement: Agreement) -> Agreement:
    """The same, had the first matching's optimum not been proven."""
    [class_] = agreement.classes
    [pair] = class_.pairs
    first, *others = pair.matchings
    summary = class_.pair_summary
    summaries = (replace(summary.matchings[0], n_bounds=1), *summary.matchings[1:])
    overall = agreement.overall
    over_all = (replace(overall.pairs.matchings[0], n_bounds=1), *overall.pairs.matchings[1:])
    return replace(
        agreement,
        classes=(
            replace(
                class_,
                pairs=(replace(pair, matchings=(replace(first, upper=first.weight + 1), *others)),),
                pair_summary=replace(summary, matchings=summaries),
            ),
        ),
        overall=replace(overall, pairs=replace(overall.pairs, matchings=over_all)),
    )
