"""The networks a classifier can be: names, how to build them, and how they were trained to see images.

ReLU convolutional classifiers only, since excitation backprop has no rule for activations that can be
negative.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from torch import Tensor, nn

from glossator_worker.explain.refusal import Refusal
from glossator_worker.networks.cifar_resnet import DEPTHS, CifarResNet
from glossator_worker.networks.preprocessing import Fit, Preprocessing
from glossator_worker.networks.torchvision_loader import load_torchvision
from glossator_worker.networks.weights import copy_weights, read_weights, renamed

_MEAN, _STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
_CIFAR = Preprocessing(size=32, fit=Fit.STRETCH, mean=_MEAN, std=_STD)
_IMAGENET = Preprocessing(size=224, fit=Fit.SHORT_SIDE_CROP, resize=256, mean=_MEAN, std=_STD)
# torchvision's published GoogLeNet and Inception undo its usual normalisation in their first step and take
# (x - 0.5) / 0.5; the networks here leave that step out.
_HALVES = (0.5, 0.5, 0.5)
_GOOGLENET = Preprocessing(size=224, fit=Fit.SHORT_SIDE_CROP, resize=256, mean=_HALVES, std=_HALVES)
_INCEPTION = Preprocessing(size=299, fit=Fit.SHORT_SIDE_CROP, resize=342, mean=_HALVES, std=_HALVES)
_LITE0 = Preprocessing(
    size=224, fit=Fit.SHORT_SIDE_CROP, resize=256, mean=(127 / 255,) * 3, std=(128 / 255,) * 3
)
# Exposure and contrast differ between photographs of one tile and say nothing of its defects.
_TILE_GRID = Preprocessing(
    size=256, fit=Fit.STRETCH, grey=True, per_image_normalise=True, std=(2.0, 2.0, 2.0)
)


@dataclass(frozen=True)
class Architecture:
    """A kind of network.

    Attributes:
        name: what commands and files call it.
        title: what pages call it.
        make: the network with random weights for a number of classes.
        preprocessing: what its published weights expect; a classifier may have its own.
        last_layer: the module that gives one output per class; its shape tells the number of classes.
        adapt: changes a checkpoint's names, where published files differ from the module.
        make_for: the network for a file's tensors, where more than the number of classes varies; None =
        ``make``.
    """

    name: str
    title: str
    make: Callable[[int], nn.Module]
    preprocessing: Preprocessing
    last_layer: str
    adapt: Callable[[Mapping[str, Tensor]], Mapping[str, Tensor]] = dict
    make_for: Callable[[Mapping[str, Tensor], int], nn.Module] | None = None

    def build(self, num_classes: int) -> nn.Module:
        """Give the network with random weights, in eval mode."""
        return self.make(num_classes).eval()

    def load(self, path: Path) -> nn.Module:
        """Give the network with the weights of a file, in eval mode.

        The number of classes is that of the file's last layer.

        Raises:
            Refusal: the file is no weights file, or its tensors are not this network's.
        """
        tensors = self.adapt(read_weights(path))
        classes = self._classes_in(tensors, path.name)
        model = self.make_for(tensors, classes).eval() if self.make_for else self.build(classes)
        copy_weights(model, tensors, source=path.name)
        return model

    def _classes_in(self, tensors: Mapping[str, Tensor], source: str) -> int:
        name = f"{self.last_layer}.weight"
        last = tensors.get(name)
        if last is None or last.dim() == 0 or not len(last):
            first = ", ".join(list(tensors)[:3])
            raise Refusal(
                f"{source} does not fit {self.title}: the tensor {name} is missing from the file "
                f"(its first tensors are {first})"
            )
        return len(last)


def architecture(name: str) -> Architecture:
    """Look up an architecture; an unknown name is refused."""
    known = architectures()
    if name not in known:
        raise Refusal(f"there is no architecture {name!r}; there are {', '.join(known)}")
    return known[name]


@cache
def architectures() -> dict[str, Architecture]:
    """Give all architectures by name, in the order in which pages list them. Imports no network's library."""
    return {entry.name: entry for entry in (*_own(), *_torchvision())}


def _own() -> list[Architecture]:
    cifar = [
        Architecture(
            f"cifar_resnet{depth}", f"CIFAR ResNet-{depth}", partial(CifarResNet, depth), _CIFAR, "linear"
        )
        for depth in DEPTHS
    ]
    return [
        *cifar,
        Architecture(
            "efficientnet_lite0", "EfficientNet-Lite0", _lite0, _LITE0, "classifier", _adapted_lite0
        ),
        Architecture("tile_grid", "Tile grid", _tile_grid, _TILE_GRID, "classifier", make_for=_tile_grid_for),
    ]


def _lite0(num_classes: int) -> nn.Module:
    from glossator_worker.networks.efficientnet_lite0 import EfficientNetLite0  # noqa: PLC0415 - torch

    return EfficientNetLite0(num_classes)


def _adapted_lite0(tensors: Mapping[str, Tensor]) -> Mapping[str, Tensor]:
    from glossator_worker.networks.efficientnet_lite0 import published_state  # noqa: PLC0415 - torch

    if "_conv_stem.weight" not in tensors:
        return tensors
    try:
        return published_state(tensors)
    except KeyError as error:
        raise Refusal(
            f"the file does not fit EfficientNet-Lite0: it holds an unknown layer {error}"
        ) from None


def _tile_grid(num_classes: int) -> nn.Module:
    from glossator_worker.networks.tile_grid import TileGrid  # noqa: PLC0415 - torch

    return TileGrid(num_classes)


def _tile_grid_for(tensors: Mapping[str, Tensor], num_classes: int) -> nn.Module:
    """The grid with as many members as the file has features for."""
    from glossator_worker.networks.tile_grid import FEATURES, TileGrid  # noqa: PLC0415 - torch

    return TileGrid(num_classes, members=max(1, tensors["classifier.weight"].shape[-1] // FEATURES))


@dataclass(frozen=True)
class _Family:
    """Networks of torchvision that differ in size only; a title is the family's and the member's."""

    title: str
    prefix: str
    members: tuple[str, ...]
    last_layer: str
    preprocessing: Preprocessing = _IMAGENET
    options: Mapping[str, Any] | None = None
    point: str = " "
    adapt: Callable[[Mapping[str, Tensor]], Mapping[str, Tensor]] = dict


def _without(*prefixes: str) -> Callable[[Mapping[str, Tensor]], Mapping[str, Tensor]]:
    """Leave out heads that only training uses."""

    def adapt(tensors: Mapping[str, Tensor]) -> Mapping[str, Tensor]:
        return {name: tensor for name, tensor in tensors.items() if not name.startswith(prefixes)}

    return adapt


def _adapted_densenet(tensors: Mapping[str, Tensor]) -> Mapping[str, Tensor]:
    """The published files write norm.1 where the module has norm1."""
    return renamed(tensors, r"(denselayer\d+\.(?:norm|conv))\.([12]\.)", r"\1\2")


_PLAIN = {"aux_logits": False, "init_weights": False}
_FAMILIES = (
    _Family("AlexNet", "alexnet", ("",), "classifier.6"),
    _Family("VGG-", "vgg", ("11", "13", "16", "19", "11_bn", "13_bn", "16_bn", "19_bn"), "classifier.6"),
    _Family("ResNet-", "resnet", ("18", "34", "50", "101", "152"), "fc"),
    _Family("ResNeXt-", "resnext", ("50_32x4d", "101_32x8d", "101_64x4d"), "fc"),
    _Family("Wide ResNet-", "wide_resnet", ("50_2", "101_2"), "fc"),
    _Family("SqueezeNet ", "squeezenet", ("1_0", "1_1"), "classifier.1", point="."),
    _Family("DenseNet-", "densenet", ("121", "161", "169", "201"), "classifier", adapt=_adapted_densenet),
    _Family(
        "GoogLeNet", "googlenet", ("",), "fc", _GOOGLENET, options=_PLAIN, adapt=_without("aux1.", "aux2.")
    ),
    _Family(
        "Inception ", "inception_", ("v3",), "fc", _INCEPTION, options=_PLAIN, adapt=_without("AuxLogits.")
    ),
    _Family(
        "RegNet-X ", "regnet_x_", ("400mf", "800mf", "1_6gf", "3_2gf", "8gf", "16gf", "32gf"), "fc", point="."
    ),
    _Family(
        "RegNet-Y ",
        "regnet_y_",
        ("400mf", "800mf", "1_6gf", "3_2gf", "8gf", "16gf", "32gf", "128gf"),
        "fc",
        point=".",
    ),
    _Family("MNASNet ", "mnasnet", ("0_5", "0_75", "1_0", "1_3"), "classifier.1", point="."),
    _Family("ShuffleNet v2 x", "shufflenet_v2_x", ("0_5", "1_0", "1_5", "2_0"), "fc", point="."),
    _Family("MobileNet ", "mobilenet_", ("v2",), "classifier.1"),
)


def _torchvision() -> list[Architecture]:
    return [
        Architecture(
            family.prefix + member,
            (family.title + member.replace("_", family.point)).strip(),
            partial(_torchvision_model, family.prefix + member, dict(family.options or {})),
            family.preprocessing,
            family.last_layer,
            family.adapt,
        )
        for family in _FAMILIES
        for member in family.members
    ]


def _torchvision_model(name: str, options: Mapping[str, Any], num_classes: int) -> nn.Module:
    model: nn.Module = load_torchvision().models.get_model(
        name, weights=None, num_classes=num_classes, **options
    )
    return model
