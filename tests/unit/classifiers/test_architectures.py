"""The service lists exactly the networks that the worker can build."""

import pytest

from glossator.classifiers.architectures import ARCHITECTURES, check_architecture, title_of
from glossator.refusal import Refusal
from glossator_worker.networks.architectures import architectures


def test_names_and_titles_are_the_workers_in_its_order() -> None:
    assert [(each.name, each.title) for each in ARCHITECTURES] == [
        (each.name, each.title) for each in architectures().values()
    ]


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    check_architecture("cifar_resnet56")
    with pytest.raises(Refusal, match="no architecture 'resnet_9000'; there are: cifar_resnet20, "):
        check_architecture("resnet_9000")
    assert title_of("cifar_resnet56") == "CIFAR ResNet-56"
    assert title_of("gone") == "gone"
