"""What the worked files of namings measure as."""

import io
from functools import cache

from tests.unit.agreement.files.worked import worked_cases

from glossator.agreement.files.judgements_csv import read_judgements
from glossator.agreement.files.namings_csv import Source, read_namings
from glossator.agreement.measure import measure
from glossator.agreement.results import Agreement
from glossator.agreement.settings import Settings


@cache
def measured(name: str) -> tuple[Agreement, Source]:
    """The case whose name begins with this; settings of its own only where they are not the case's point."""
    case = next(each for each in worked_cases() if each.name.startswith(name))
    namings = read_namings("N.csv", io.BytesIO(case.namings.encode()))
    judged = case.judgements and read_judgements("J.csv", io.BytesIO(case.judgements.encode())).judgements
    settings = Settings(permutations=20, bootstrap=100, seed=7) if judged else Settings(bootstrap=0)
    return measure(namings.classes, settings, judged or None), namings.source
