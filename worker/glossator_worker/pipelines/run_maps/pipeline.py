"""The job that computes a run: its stages, their chunks, and which function does each step."""

from collections.abc import Callable, Mapping, Sequence

import torch
from pydantic import JsonValue

from glossator.maps import results
from glossator.maps.parameters import Stop
from glossator.maps.results import WalkPlan
from glossator.maps.stored import from_json, to_json
from glossator_worker.explain.excitation_backprop import ExcitationBackprop
from glossator_worker.networks.hidden import walk_module
from glossator_worker.pipelines.pipeline import PlannedStep, StepContext, Write
from glossator_worker.pipelines.run_maps import comparing, drawing, features, figures, training, walking
from glossator_worker.pipelines.run_maps.inputs import (
    ImageList,
    Network,
    RunInputs,
    list_images,
    load_network,
    read_inputs,
)

WALK, FEATURES, TRAIN, ASSESS = "walk", "features", "train", "assess"
MAPS, SHEETS, COMPARE, FIGURES = "maps", "sheets", "compare", "figures"

_LARGE_SIDE = 64
_TRAINED_AT_ONCE = 5 * 10**7
"""Classes times hidden width times training images of a step that trains for some 30 seconds."""


class RunMaps:
    """From a classifier and its images to X-features, maps, sheets and figures."""

    def plan(self, context: StepContext) -> Sequence[PlannedStep]:
        """Refuse at once what cannot be computed, and cut the rest into chunks.

        The cut depends on the run's inputs alone, so that a run that was interrupted ends as one that was
        not.
        """
        inputs = read_inputs(context)
        with context.read() as session:
            images = list_images(session, inputs)
        network = load_network(context, inputs)
        plan = plan_walk(network, inputs.parameters.stop)
        shared: dict[str, JsonValue] = {
            "images": context.storage.put(images.to_bytes()),
            "chunk_size": _features_at_once(network),
        }
        steps = [PlannedStep(WALK, 1, 0, {"walk": to_json(plan)}, weight=0.1)]
        steps += _feature_steps(images, network, shared)
        steps += _training_steps(inputs, images, network, shared)
        steps.append(PlannedStep(ASSESS, 3, 0, shared))
        steps += _map_steps(
            inputs, images, network, {**shared, "stop": plan.stop.name, "watch": watched_layer(network)}
        )
        steps += [
            PlannedStep(SHEETS, 5, position, {"class": position}, len(images.test_rows(position)) / 50)
            for position in range(len(inputs.class_names))
        ]
        steps += _compare_steps(inputs, images, network)
        return [*steps, PlannedStep(FIGURES, 6, 0)]

    def run(self, context: StepContext, name: str, parameters: Mapping[str, JsonValue]) -> Write:
        """Compute one of the planned steps."""
        return _STEPS[name](context, read_inputs(context), parameters)


def _walk(context: StepContext, inputs: RunInputs, parameters: Mapping[str, JsonValue]) -> Write:
    plan = from_json(WalkPlan, parameters["walk"])
    return lambda session: results.store_walk(session, inputs.run_id, plan, {"torch": torch.__version__})


def _features(context: StepContext, inputs: RunInputs, parameters: Mapping[str, JsonValue]) -> Write:
    first, last = _piece(parameters)
    chunk = first // _number(parameters, "chunk_size")
    return features.compute(
        context, inputs, _images(context, parameters), first=first, last=last, chunk=chunk
    )


def _train(context: StepContext, inputs: RunInputs, parameters: Mapping[str, JsonValue]) -> Write:
    first, last = _piece(parameters)
    return training.train(
        context,
        inputs,
        _images(context, parameters),
        first=first,
        last=last,
        chunk=context.step.chunk,
        chunk_size=_number(parameters, "chunk_size"),
    )


def _assess(context: StepContext, inputs: RunInputs, parameters: Mapping[str, JsonValue]) -> Write:
    chunk_size = _number(parameters, "chunk_size")
    return training.assess(context, inputs, _images(context, parameters), chunk_size=chunk_size)


def _maps(context: StepContext, inputs: RunInputs, parameters: Mapping[str, JsonValue]) -> Write:
    first, last = _piece(parameters)
    return walking.compute(
        context,
        inputs,
        _images(context, parameters),
        position=_number(parameters, "class"),
        first=first,
        last=last,
        stop=str(parameters["stop"]),
        watch=str(parameters["watch"]),
        chunk=context.step.chunk,
        chunk_size=_number(parameters, "chunk_size"),
    )


def _sheets(context: StepContext, inputs: RunInputs, parameters: Mapping[str, JsonValue]) -> Write:
    return drawing.compute(context, inputs, position=_number(parameters, "class"))


def _compare(context: StepContext, inputs: RunInputs, parameters: Mapping[str, JsonValue]) -> Write:
    return comparing.compute(
        context,
        inputs,
        position=_number(parameters, "class"),
        first_chunk=_number(parameters, "first_chunk"),
        last_chunk=_number(parameters, "last_chunk"),
    )


def _figures(context: StepContext, inputs: RunInputs, parameters: Mapping[str, JsonValue]) -> Write:
    return figures.compute(context, inputs)


_STEPS: dict[str, Callable[[StepContext, RunInputs, Mapping[str, JsonValue]], Write]] = {
    WALK: _walk,
    FEATURES: _features,
    TRAIN: _train,
    ASSESS: _assess,
    MAPS: _maps,
    SHEETS: _sheets,
    COMPARE: _compare,
    FIGURES: _figures,
}


def _images(context: StepContext, parameters: Mapping[str, JsonValue]) -> ImageList:
    return ImageList.from_bytes(context.storage.get(str(parameters["images"])))


def _piece(parameters: Mapping[str, JsonValue]) -> tuple[int, int]:
    return _number(parameters, "first"), _number(parameters, "last")


def plan_walk(network: Network, stop: str | None) -> WalkPlan:
    """Find where maps can be taken; a stop or a layer without a rule is refused by name.

    `stop` None takes the default for the images' size.
    """
    module = walk_module(network.model, network.hidden)
    size = (network.preprocessing.size, network.preprocessing.size)
    walk = ExcitationBackprop(module, start=network.hidden.start, stop=stop)
    legal = walk.stops(size)
    chosen = (
        walk.default_stop(size)
        if stop is None
        else next(each for each in legal if stop in (each.name, *each.also))
    )
    return WalkPlan(
        network.hidden.start,
        Stop(chosen.name, *chosen.size),
        tuple(Stop(each.name, *each.size) for each in legal),
    )


def watched_layer(network: Network) -> str:
    """Name the layer that tells maps apart: the last one that still knows places."""
    size = (network.preprocessing.size, network.preprocessing.size)
    walk = ExcitationBackprop(walk_module(network.model, network.hidden), start=network.hidden.start)
    return walk.last_grid(size).name


def _features_at_once(network: Network) -> int:
    return 128 if network.preprocessing.size >= _LARGE_SIDE else 512


def _maps_at_once(network: Network) -> int:
    return 32 if network.preprocessing.size >= _LARGE_SIDE else 128


def _feature_steps(images: ImageList, network: Network, shared: Mapping[str, JsonValue]) -> list[PlannedStep]:
    size = _features_at_once(network)
    return [
        PlannedStep(
            FEATURES, 1, 1 + number, {**shared, "first": first, "last": last}, weight=(last - first) / 50
        )
        for number, (first, last) in enumerate(_pieces(len(images.ids), size))
    ]


def _training_steps(
    inputs: RunInputs, images: ImageList, network: Network, shared: Mapping[str, JsonValue]
) -> list[PlannedStep]:
    """As many classes in a step as train in about half a minute; a class is the same whichever train with
    it.
    """
    per_class = network.hidden.width * len(images.train_rows())
    at_once = max(1, _TRAINED_AT_ONCE // per_class)
    return [
        PlannedStep(TRAIN, 2, number, {**shared, "first": first, "last": last}, weight=2.0 * (last - first))
        for number, (first, last) in enumerate(_pieces(len(inputs.class_names), at_once))
    ]


def _map_steps(
    inputs: RunInputs, images: ImageList, network: Network, shared: Mapping[str, JsonValue]
) -> list[PlannedStep]:
    return [
        PlannedStep(
            MAPS,
            4,
            number,
            {**shared, "class": position, "first": first, "last": last},
            weight=(last - first) / 20,
        )
        for number, (position, first, last) in enumerate(_map_chunks(inputs, images, network))
    ]


def _map_chunks(inputs: RunInputs, images: ImageList, network: Network) -> list[tuple[int, int, int]]:
    """Class, first and last + 1 among its test images, of the steps that make maps."""
    return [
        (position, first, last)
        for position in range(len(inputs.class_names))
        for first, last in _pieces(len(images.test_rows(position)), _maps_at_once(network))
    ]


def _compare_steps(inputs: RunInputs, images: ImageList, network: Network) -> list[PlannedStep]:
    """One for each class with test images, beside the steps that draw the sheets."""
    chunks: dict[int, list[int]] = {}
    for number, (position, _, _) in enumerate(_map_chunks(inputs, images, network)):
        chunks.setdefault(position, []).append(number)
    return [
        PlannedStep(
            COMPARE,
            5,
            len(inputs.class_names) + position,
            {"class": position, "first_chunk": own[0], "last_chunk": own[-1] + 1},
            weight=0.2,
        )
        for position, own in chunks.items()
    ]


def _pieces(count: int, size: int) -> list[tuple[int, int]]:
    return [(first, min(first + size, count)) for first in range(0, count, size)]


def _number(parameters: Mapping[str, JsonValue], name: str) -> int:
    return int(str(parameters[name]))
