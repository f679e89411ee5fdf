"""The worked cases that are whole files of namings."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VECTORS = Path(__file__).parents[3] / "vectors" / "agreement_cases.json"


@dataclass(frozen=True)
class WorkedCase:
    """Files as text, the options of the command, and the document that they give."""

    name: str
    namings: str
    judgements: str | None
    options: list[str]
    expected: dict[str, Any]


def worked_cases() -> list[WorkedCase]:
    found = []
    for case in json.loads(VECTORS.read_text())["cases"]:
        if case["kind"] == "namings":
            options = []
            for name, value in case["settings"].items():
                options += [f"--{name.replace('_', '-')}", str(value)]
            judgements = case.get("judgements")
            found.append(WorkedCase(case["name"], case["csv"], judgements, options, case["expected"]))
    return found


def differences(expected: object, found: object, path: str = "") -> list[str]:
    """Where `found` lacks or changes something; fields may be added, reals may differ by 1e-9."""
    if isinstance(expected, dict) and isinstance(found, dict):
        lacks = [f"{path}.{name} is missing" for name in expected.keys() - found.keys()]
        for name in expected.keys() & found.keys():
            lacks += differences(expected[name], found[name], f"{path}.{name}")
        return lacks
    if isinstance(expected, list) and isinstance(found, list):
        if len(expected) != len(found):
            return [f"{path} has {len(found)} items, not {len(expected)}"]
        pairs = enumerate(zip(expected, found, strict=True))
        return [each for at, pair in pairs for each in differences(*pair, f"{path}[{at}]")]
    if isinstance(expected, float) and isinstance(found, float):
        return [] if abs(expected - found) <= 1e-9 else [f"{path} is {found}, not {expected}"]
    same = type(expected) is type(found) and expected == found
    return [] if same else [f"{path} is {found!r}, not {expected!r}"]
