"""Where maps are taken."""

import pytest
import torch

from glossator_worker.explain.refusal import Refusal
from glossator_worker.networks.architectures import architecture
from glossator_worker.networks.hidden import hidden_layer
from glossator_worker.networks.tile_grid import STOP
from glossator_worker.pipelines.run_maps.inputs import Network
from glossator_worker.pipelines.run_maps.pipeline import plan_walk


def _network(name: str) -> Network:
    kind = architecture(name)
    model = kind.build(2)
    return Network(model, hidden_layer(model, kind), kind.preprocessing, torch.device("cpu"))


def test_small_images_stop_at_half_their_height_behind_an_activation() -> None:
    plan = plan_walk(_network("cifar_resnet20"), None)
    assert (plan.stop.name, plan.stop.height, plan.stop.width) == ("layer2.2.relu2", 16, 16)
    assert plan.stops[0].height == 32 and plan.stops[-1].height == 1
    assert plan.stop in plan.stops


def test_the_demos_network_stops_at_its_grid_and_at_another_node_if_asked() -> None:
    plan = plan_walk(_network("tile_grid"), None)
    assert (plan.stop.name, plan.stop.height) == (STOP, 16)
    assert plan_walk(_network("tile_grid"), "head.second_act").stop.name == "head.second_act"


def test_a_stop_that_mass_can_go_around_is_refused_by_name() -> None:
    with pytest.raises(Refusal, match=r"layer2\.1\.conv1"):
        plan_walk(_network("cifar_resnet20"), "layer2.1.conv1")
