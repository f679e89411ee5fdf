"""The long table: every ratio, value and summary of the document, one row each, in the document's order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from glossator.agreement.files.csv_text import Cell, to_csv
from glossator.agreement.files.document import Json, JsonObject
from glossator.agreement.summary import NO_VALUE

PLACE = ("level", "class", "annotator", "annotator_b")
HEADER = (*PLACE, "figure", "k", "n", "value", "low", "high", "value_note")

_ONE_FIGURE = frozenset(("k", "n", "value", "low", "high", "reason", "interval_reason"))
_TABLES_OF_THEIR_OWN = frozenset(
    ("concepts", "x_features", "explanations", "intersection", "families", "unmatched_a", "unmatched_b")
)


@dataclass(frozen=True)
class Place:
    """Whose figure it is; what does not apply is None."""

    level: str
    class_: str | None = None
    annotator: str | None = None
    annotator_b: str | None = None

    def row(self, figure: str, cells: JsonObject, note: Json) -> tuple[Cell, ...]:
        figures = (cells.get(name) for name in ("k", "n", "value", "low", "high"))
        return (
            *(self.level, self.class_, self.annotator, self.annotator_b),
            *(figure, *map(_cell, figures), _cell(note)),
        )


def figures_csv(document: JsonObject) -> str:
    """The table as text; `figure` is the path of names inside its level."""
    return to_csv(HEADER, _rows(document))


def _rows(document: JsonObject) -> Iterator[tuple[Cell, ...]]:
    for class_ in _objects(document["classes"]):
        yield from _rows_of_class(class_)
    for overall in _objects([document["overall"]]):
        for annotator in _objects(overall["annotators"]):
            yield from _inside(Place("overall", None, _text(annotator["annotator"])), "", annotator)
        yield from _figures(Place("overall"), "pairs", overall["pairs"])


def _rows_of_class(class_: JsonObject) -> Iterator[tuple[Cell, ...]]:
    name = _text(class_["class"])
    for key, value in class_.items():
        match key:
            case "annotators":
                for each in _objects(value):
                    yield from _inside(Place("annotator", name, _text(each["annotator"])), "", each)
            case "pairs":
                for each in _objects(value):
                    yield from _inside(Place("pair", name, _text(each["a"]), _text(each["b"])), "", each)
            case "pair_summary":
                for each in _objects([value]):
                    yield from _inside(Place("pair_summary", name), "", each)
            case "named_by_exactly":
                for each in _objects(value):
                    yield Place("class", name).row(f"{key}.{each['n_annotators']}", each, _reason(each))
            case _:
                yield from _figures(Place("class", name), key, value)


def _figures(place: Place, path: str, value: Json) -> Iterator[tuple[Cell, ...]]:
    """A ratio or value is one row, another object one row for everything inside it."""
    if not isinstance(value, dict):
        yield from _plain(place, path, value, {})
        return
    if "value" in value:
        yield place.row(path, value, _reason(value))
        value = {name: each for name, each in value.items() if name not in _ONE_FIGURE}
    yield from _inside(place, f"{path}.", value)


def _inside(place: Place, prefix: str, parent: JsonObject) -> Iterator[tuple[Cell, ...]]:
    for name, value in parent.items():
        if name in _TABLES_OF_THEIR_OWN:
            continue
        if isinstance(value, dict):
            yield from _figures(place, prefix + name, value)
        else:
            yield from _plain(place, prefix + name, value, parent)


def _plain(place: Place, path: str, value: Json, parent: JsonObject) -> Iterator[tuple[Cell, ...]]:
    """A number of its own; beside a real number stands the n of its object. Texts are no figures."""
    if isinstance(value, str):
        return
    n = parent.get("n") if value is None or isinstance(value, float) else None
    note = parent.get("reason", NO_VALUE) if value is None else None
    yield place.row(path, {"n": n, "value": value}, note)


def _reason(figure: JsonObject) -> Json:
    """Why the figure, or else its interval, is undefined."""
    return figure.get("reason", figure.get("interval_reason"))


def _objects(value: Json) -> Iterator[JsonObject]:
    if not isinstance(value, list):
        raise TypeError(f"{type(value).__name__} stands where the format has a list")
    for each in value:
        if not isinstance(each, dict):
            raise TypeError(f"{type(each).__name__} stands where the format has an object")
        yield each


def _text(value: Json) -> str:
    return str(value)


def _cell(value: Json) -> Cell:
    if isinstance(value, dict | list):
        raise TypeError(f"{type(value).__name__} stands where the format has a plain value")
    return value
