"""Measure everything about the namings of classes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from glossator.agreement.alpha import named_alpha
from glossator.agreement.annotators import annotator_figures
from glossator.agreement.cleaning import clean_class, named_by
from glossator.agreement.coverages import coverages, named_by_exactly
from glossator.agreement.names import Judgements
from glossator.agreement.namings import ClassNamings
from glossator.agreement.overall import overall
from glossator.agreement.pairs import pairs_and_summary
from glossator.agreement.permutation import OnDraw, unheard
from glossator.agreement.purities import NOTHING_NAMED
from glossator.agreement.results import Agreement, ClassAgreement
from glossator.agreement.settings import Settings
from glossator.agreement.summary import average

Progress = Callable[[int, int], None]
"""Called with the number of finished classes and of all."""


def measure(
    classes: Sequence[ClassNamings],
    settings: Settings,
    judgements: Judgements | None = None,
    *,
    processes: int = 1,
    progress: Progress | None = None,
) -> Agreement:
    """Every figure of every class, and of all together; the same for any number of processes.

    Args:
        classes: in any order; reported in code-point order.
        settings: what decides the figures.
        judgements: of names; without them only equal names are judged.
        processes: classes are shared out among so many.
        progress: hears about every finished class.
    """
    ordered = sorted(classes, key=lambda each: each.name)
    measured = []
    for done, result in enumerate(_each(ordered, settings, judgements, processes), start=1):
        measured.append(result)
        if progress:
            progress(done, len(ordered))
    return Agreement(settings, judgements is not None, tuple(measured), overall(measured))


def _each(
    classes: Sequence[ClassNamings], settings: Settings, judgements: Judgements | None, processes: int
) -> Iterator[ClassAgreement]:
    work = partial(measure_class, settings=settings, judgements=judgements)
    if processes == 1 or len(classes) < 2:
        yield from map(work, classes)
        return
    from glossator.agreement.processes import shared_out  # noqa: PLC0415 - slow to load, for several only

    yield from shared_out(work, classes, min(processes, len(classes)))


def measure_class(
    namings: ClassNamings,
    settings: Settings,
    judgements: Judgements | None = None,
    *,
    on_draw: OnDraw = unheard,
) -> ClassAgreement:
    """Every figure of one class; nothing depends on other classes.

    Args:
        namings: of the class, by one annotator at least, with one activation at least.
        settings: what decides the figures.
        judgements: of names; without them only equal names are judged.
        on_draw: hears of the permutations of all pairs, which are nearly all of the time that this takes.
    """
    cleaned = sorted(clean_class(namings, settings.min_images), key=lambda naming: naming.annotator)
    n_images = len(namings.image_ids)
    annotators = tuple(annotator_figures(namings, naming, settings) for naming in cleaned)
    pairs, pair_summary = pairs_and_summary(
        namings.name, cleaned, settings, judgements or Judgements(), on_draw
    )
    return ClassAgreement(
        name=namings.name,
        n_images=n_images,
        n_activations=len(namings.activation_ids),
        n_x_features=len(namings.x_feature_ids),
        annotators=annotators,
        any_annotator=coverages(np.logical_or.reduce(named_by(cleaned)), namings.image_of, n_images),
        named_by_exactly=named_by_exactly(cleaned),
        named_alpha=named_alpha(
            namings.name, cleaned, namings.image_of, n_images, settings.bootstrap, settings.seed
        ),
        pairs=pairs,
        pair_summary=pair_summary,
        cx_purity_average=average([figures.cx_purity for figures in annotators], NOTHING_NAMED),
        xc_purity_average=average([figures.xc_purity for figures in annotators], NOTHING_NAMED),
    )
