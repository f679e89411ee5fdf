"""The networks a classifier can be, as pages list them; the worker holds what is behind the names."""

from dataclasses import dataclass

from glossator.refusal import Refusal


@dataclass(frozen=True)
class Architecture:
    name: str
    title: str


ARCHITECTURES = tuple(
    Architecture(name, title)
    for name, title in (
        ("cifar_resnet20", "CIFAR ResNet-20"),
        ("cifar_resnet32", "CIFAR ResNet-32"),
        ("cifar_resnet44", "CIFAR ResNet-44"),
        ("cifar_resnet56", "CIFAR ResNet-56"),
        ("cifar_resnet110", "CIFAR ResNet-110"),
        ("efficientnet_lite0", "EfficientNet-Lite0"),
        ("tile_grid", "Tile grid"),
        ("alexnet", "AlexNet"),
        ("vgg11", "VGG-11"),
        ("vgg13", "VGG-13"),
        ("vgg16", "VGG-16"),
        ("vgg19", "VGG-19"),
        ("vgg11_bn", "VGG-11 bn"),
        ("vgg13_bn", "VGG-13 bn"),
        ("vgg16_bn", "VGG-16 bn"),
        ("vgg19_bn", "VGG-19 bn"),
        ("resnet18", "ResNet-18"),
        ("resnet34", "ResNet-34"),
        ("resnet50", "ResNet-50"),
        ("resnet101", "ResNet-101"),
        ("resnet152", "ResNet-152"),
        ("resnext50_32x4d", "ResNeXt-50 32x4d"),
        ("resnext101_32x8d", "ResNeXt-101 32x8d"),
        ("resnext101_64x4d", "ResNeXt-101 64x4d"),
        ("wide_resnet50_2", "Wide ResNet-50 2"),
        ("wide_resnet101_2", "Wide ResNet-101 2"),
        ("squeezenet1_0", "SqueezeNet 1.0"),
        ("squeezenet1_1", "SqueezeNet 1.1"),
        ("densenet121", "DenseNet-121"),
        ("densenet161", "DenseNet-161"),
        ("densenet169", "DenseNet-169"),
        ("densenet201", "DenseNet-201"),
        ("googlenet", "GoogLeNet"),
        ("inception_v3", "Inception v3"),
        ("regnet_x_400mf", "RegNet-X 400mf"),
        ("regnet_x_800mf", "RegNet-X 800mf"),
        ("regnet_x_1_6gf", "RegNet-X 1.6gf"),
        ("regnet_x_3_2gf", "RegNet-X 3.2gf"),
        ("regnet_x_8gf", "RegNet-X 8gf"),
        ("regnet_x_16gf", "RegNet-X 16gf"),
        ("regnet_x_32gf", "RegNet-X 32gf"),
        ("regnet_y_400mf", "RegNet-Y 400mf"),
        ("regnet_y_800mf", "RegNet-Y 800mf"),
        ("regnet_y_1_6gf", "RegNet-Y 1.6gf"),
        ("regnet_y_3_2gf", "RegNet-Y 3.2gf"),
        ("regnet_y_8gf", "RegNet-Y 8gf"),
        ("regnet_y_16gf", "RegNet-Y 16gf"),
        ("regnet_y_32gf", "RegNet-Y 32gf"),
        ("regnet_y_128gf", "RegNet-Y 128gf"),
        ("mnasnet0_5", "MNASNet 0.5"),
        ("mnasnet0_75", "MNASNet 0.75"),
        ("mnasnet1_0", "MNASNet 1.0"),
        ("mnasnet1_3", "MNASNet 1.3"),
        ("shufflenet_v2_x0_5", "ShuffleNet v2 x0.5"),
        ("shufflenet_v2_x1_0", "ShuffleNet v2 x1.0"),
        ("shufflenet_v2_x1_5", "ShuffleNet v2 x1.5"),
        ("shufflenet_v2_x2_0", "ShuffleNet v2 x2.0"),
        ("mobilenet_v2", "MobileNet v2"),
    )
)
_BY_NAME = {each.name: each for each in ARCHITECTURES}


def check_architecture(name: str) -> None:
    """Raises Refusal for a name that is not known."""
    if name not in _BY_NAME:
        known = ", ".join(_BY_NAME)
        raise Refusal(f"There is no architecture '{name[:80]}'; there are: {known}.", code="architecture")


def title_of(name: str) -> str:
    """The title; the name itself if a later version no longer lists it."""
    known = _BY_NAME.get(name)
    return known.title if known else name
