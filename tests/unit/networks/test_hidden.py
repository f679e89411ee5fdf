"""The hidden layer of every architecture, and features that belong to the scores."""

import pytest
import torch
from torch import Tensor, fx, nn

from glossator_worker.explain.refusal import Refusal
from glossator_worker.networks.architectures import Architecture, architecture, architectures
from glossator_worker.networks.hidden import (
    HiddenLayer,
    check_head,
    evaluating,
    features_and_scores,
    hidden_layer,
    walk_module,
)
from glossator_worker.networks.torchvision_loader import load_torchvision

# torchvision computes RegNet's widths with tensors, which a device without data cannot do; the largest one
# would need 2.6 GB to build for real.
ON_META = [name for name in architectures() if not name.startswith("regnet")]
BUILT = ["regnet_x_400mf", "regnet_y_400mf"]


def built(name: str, classes: int = 7) -> nn.Module:
    torch.manual_seed(0)
    return architecture(name).build(classes)


def test_every_torchvision_name_is_torchvisions() -> None:
    theirs = set(load_torchvision().models.list_models(module=load_torchvision().models))
    own = {"efficientnet_lite0", "tile_grid"}
    ours = {name for name in architectures() if name not in own and not name.startswith("cifar_")}
    assert ours <= theirs
    without_relu = ("vit", "swin", "maxvit", "convnext", "efficientnet", "mobilenet_v3")
    assert {name for name in theirs - ours if not name.startswith(without_relu)} == set()


@pytest.mark.parametrize("name", ON_META)
def test_every_architecture_builds_and_has_a_hidden_layer_in_front_of_its_scores(name: str) -> None:
    entry = architecture(name)
    with torch.device("meta"):
        model = entry.build(3)
    hidden = hidden_layer(model, entry)
    names = {node.name for node in fx.symbolic_trace(walk_module(model, hidden)).graph.nodes}
    assert hidden.start.replace(".", "_") in names
    last = model.get_submodule(entry.last_layer)
    assert last.weight.shape[0] == 3
    assert len(entry.title) >= 5


@pytest.mark.parametrize("name", BUILT)
def test_regnets_build_and_have_a_hidden_layer(name: str) -> None:
    hidden = hidden_layer(built(name), architecture(name))
    assert hidden.start == "flatten"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("alexnet", HiddenLayer("classifier.2", 4096, "classifier.2", True, False)),
        ("vgg16_bn", HiddenLayer("classifier.1", 4096, "classifier.1", True, False)),
        ("resnet50", HiddenLayer("flatten", 2048, "fc", False, False)),
        ("cifar_resnet56", HiddenLayer("flatten", 64, "linear", False, False)),
        ("squeezenet1_1", HiddenLayer("flatten", 512, "classifier.1", False, True)),
        ("shufflenet_v2_x1_0", HiddenLayer("mean", 1024, "fc", False, False)),
        ("efficientnet_lite0", HiddenLayer("flatten", 1280, "classifier", False, False)),
        ("tile_grid", HiddenLayer("features", 64, "classifier", False, False)),
    ],
)
def test_the_rule_picks_the_first_of_several_linear_layers_or_the_pooled_features(
    name: str, expected: HiddenLayer
) -> None:
    with torch.device("meta"):
        model = architecture(name).build(4)
    assert hidden_layer(model, architecture(name)) == expected


class Captured(fx.Interpreter):
    """Runs a traced network and keeps one node's value."""

    def __init__(self, module: fx.GraphModule, name: str) -> None:
        super().__init__(module)
        self.name, self.value = name.replace(".", "_"), torch.zeros(0)

    def run_node(self, node: fx.Node) -> object:
        value = super().run_node(node)
        if node.name == self.name:
            assert isinstance(value, Tensor)
            self.value = value.clone()
        return value


@pytest.mark.parametrize(
    "name", ["alexnet", "squeezenet1_1", "googlenet", "shufflenet_v2_x0_5", "mobilenet_v2", "cifar_resnet20"]
)
def test_features_are_the_value_of_the_start_node_and_lead_to_the_scores(name: str) -> None:
    entry, model = architecture(name), built(name)
    hidden = hidden_layer(model, entry)
    side = entry.preprocessing.size if name == "alexnet" else min(entry.preprocessing.size, 96)
    images = torch.randn(2, 3, side, side)
    features, scores = features_and_scores(model, images, hidden)
    with torch.no_grad():
        captured = Captured(fx.symbolic_trace(walk_module(model, hidden)), hidden.start)
        captured.run(images)
        assert torch.allclose(scores, model(images))
    assert features.shape == (2, hidden.width)
    assert torch.allclose(features, captured.value, atol=1e-6)
    assert bool((features >= 0).all())
    check_head(model, hidden, features, scores)


def test_features_of_one_image_do_not_depend_on_the_batch() -> None:
    model = built("cifar_resnet20")
    hidden = hidden_layer(model, architecture("cifar_resnet20"))
    images = torch.randn(3, 3, 32, 32)
    together, _ = features_and_scores(model, images, hidden)
    alone, _ = features_and_scores(model, images[1:2], hidden)
    assert torch.allclose(together[1:2], alone, atol=1e-5)


def test_scores_of_other_weights_are_refused() -> None:
    model = built("cifar_resnet20")
    hidden = hidden_layer(model, architecture("cifar_resnet20"))
    features, scores = features_and_scores(model, torch.randn(2, 3, 32, 32), hidden)
    with pytest.raises(Refusal, match="do not follow from the features of flatten"):
        check_head(model, hidden, features, scores * 1.01)
    with pytest.raises(Refusal, match="do not follow"):
        check_head(model, hidden, features, scores * torch.nan)


def state_of(model: nn.Module) -> list[object]:
    return [
        [module.training for module in model.modules()],
        [parameter.requires_grad for parameter in model.parameters()],
        [parameter.grad for parameter in model.parameters()],
        [len(module._forward_hooks) + len(module._forward_pre_hooks) for module in model.modules()],
        {name: tensor.clone() for name, tensor in model.state_dict().items()}.keys(),
    ]


@pytest.mark.parametrize("fails", [False, True])
def test_the_model_is_left_as_it_was_also_after_an_error(fails: bool) -> None:
    model = built("cifar_resnet20").train()
    model.layer1.eval()
    before, tensors = state_of(model), {n: t.clone() for n, t in model.state_dict().items()}
    hidden = hidden_layer(model, architecture("cifar_resnet20"))
    if fails:
        with pytest.raises(RuntimeError):
            features_and_scores(model, torch.randn(2, 5, 32, 32), hidden)
    else:
        features, scores = features_and_scores(model, torch.randn(2, 3, 32, 32), hidden)
        assert not features.requires_grad and not scores.requires_grad
    assert state_of(model) == before
    assert all(torch.equal(tensor, tensors[name]) for name, tensor in model.state_dict().items())


def test_eval_mode_is_given_back_module_by_module() -> None:
    model = nn.Sequential(nn.Dropout(), nn.Dropout()).train()
    model[0].eval()
    with evaluating(model):
        assert not any(module.training for module in model.modules())
    assert [module.training for module in model.modules()] == [True, False, True]


def test_a_layer_that_works_in_place_does_not_overwrite_the_features() -> None:
    class Overwriting(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.first, self.relu, self.last = nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2)

        def forward(self, x: Tensor) -> Tensor:
            z = self.relu(self.first(x))
            scores: Tensor = self.last(z.add_(5))
            return scores

    entry = Architecture(
        "overwriting", "Overwriting", lambda _: Overwriting(), architecture("alexnet").preprocessing, "last"
    )
    model = entry.build(2)
    # The two linear layers make the first one's ReLU the hidden layer; what is added behind it must not show.
    model.relu = nn.ReLU()
    hidden = HiddenLayer("relu", 3, "relu", True, False)
    images = torch.randn(6, 4)
    features, _ = features_and_scores(model, images, hidden)
    assert torch.equal(features, torch.relu(model.first(images)).detach())


def test_a_network_that_ends_otherwise_is_refused() -> None:
    entry = Architecture(
        "odd",
        "Odd network",
        lambda _: nn.Sequential(nn.Linear(3, 3), nn.Sigmoid(), nn.Linear(3, 2)),
        architecture("alexnet").preprocessing,
        "2",
    )
    with pytest.raises(Refusal, match="no ReLU behind its first fully connected layer 0"):
        hidden_layer(entry.build(2), entry)


def test_an_unknown_architecture_is_refused_with_those_there_are() -> None:
    with pytest.raises(
        Refusal, match=r"no architecture 'vit_b_16'; there are cifar_resnet20, .*mobilenet_v2"
    ):
        architecture("vit_b_16")
