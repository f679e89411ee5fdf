"""The export in docs/examples is read by the command and gives the figures that its script was made for."""

import json
from pathlib import Path

import pytest

from glossator.cli.main import main

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"


def test_the_example_gives_the_figures_known_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(EXAMPLES / "namings.csv"), "--judgements", str(EXAMPLES / "judgements.csv")]
    assert main(["agreement", *files, "--format", "json", "--bootstrap", "0"]) == 0
    defective, other = json.loads(capsys.readouterr().out)["classes"]

    summary = defective["pair_summary"]
    assert summary["jaccard"]["mean"] == pytest.approx(0.70)
    assert summary["d1"]["agreement"]["mean"] == pytest.approx(0.82)
    assert summary["d2_star"]["agreement"]["mean"] == pytest.approx(0.90)
    assert (other["pair_summary"]["jaccard"]["n"], other["pair_summary"]["jaccard"]["n_undefined"]) == (7, 3)
    same = [
        (pair["matchings"]["d1"]["linguistic"]["exact"]["k"], pair["matchings"]["d1"]["weight"])
        for pair in defective["pairs"]
    ]
    # crack and cracks, hole and pit are judged to mean the same; mark and line are not judged.
    assert all(k <= weight for k, weight in same)
    assert sum(k for k, _ in same) == 20 + 16 + 10 + 5 + 16 + 10 + 5 + 6 + 5 + 0
