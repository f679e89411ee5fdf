"""What callers rely on: batches, chunks, an untouched model, names of stops, in-place layers, refusals."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from glossator_worker.explain.excitation_backprop import ExcitationBackprop, Refusal


class OptionABlock(nn.Module):
    """A residual block whose shortcut is a strided slice with zeros padded to the channels."""

    def __init__(self, planes_in: int, planes: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(planes_in, planes, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(planes)
        self.conv2 = nn.Conv2d(planes, planes, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(planes)
        self.extra = planes - planes_in
        self.stride = stride

    def forward(self, value: Tensor) -> Tensor:
        out = self.norm2(self.conv2(F.relu(self.norm1(self.conv1(value)))))
        shortcut = value
        if self.extra:
            low = self.extra // 2
            shortcut = F.pad(value[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, low, self.extra - low))
        out += shortcut
        return F.relu(out, inplace=True)


class SmallResidual(nn.Module):
    """A CIFAR-like residual network."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(4)
        self.relu = nn.ReLU(inplace=True)
        self.layer1 = nn.Sequential(OptionABlock(4, 4, 1))
        self.layer2 = nn.Sequential(OptionABlock(4, 8, 2), OptionABlock(8, 8, 1))
        self.fc = nn.Linear(8, 3)

    def forward(self, image: Tensor) -> Tensor:
        value = self.layer2(self.layer1(self.relu(self.norm(self.conv(image)))))
        value = F.avg_pool2d(value, value.size()[3])
        return self.fc(value.view(value.size(0), -1))


def residual(dtype: torch.dtype = torch.float64) -> SmallResidual:
    torch.manual_seed(3)
    model = SmallResidual().to(dtype)
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.normal_(module.weight, 1, 0.5)
            nn.init.normal_(module.bias, 0, 0.1)
            module.momentum = 1.0
    with torch.no_grad():
        model.train()(torch.randn(8, 3, 16, 16, dtype=dtype))
    return model.eval()


def distributions(*shape: int, dtype: torch.dtype = torch.float64) -> Tensor:
    weights = torch.rand(*shape, 8, dtype=dtype)
    return weights / weights.sum(-1, keepdim=True)


def images_of(count: int, dtype: torch.dtype = torch.float64) -> Tensor:
    return torch.randn(count, 3, 16, 16, dtype=dtype)


@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float64, 1e-12), (torch.float32, 1e-6)])
@pytest.mark.parametrize("stop", ["layer2.0", "layer1", "relu", "image"])
def test_a_batch_and_chunks_give_the_maps_of_single_calls(stop, dtype, tolerance):
    walk = ExcitationBackprop(residual(dtype), start="view", stop=stop)
    images, top = images_of(5, dtype), distributions(5, 3, dtype=dtype)

    together, chunked = walk.maps(images, top), walk.maps(images, top, chunk=2)

    for index in range(5):
        alone = walk.maps(images[index : index + 1], top[index : index + 1])
        for found in (together, chunked):
            gap = (found.maps[index] - alone.maps[0]).abs().amax()
            assert gap <= tolerance * alone.maps.amax()
            torch.testing.assert_close(found.lost[index], alone.lost[0], rtol=0, atol=tolerance)
    torch.testing.assert_close(together.maps.sum((2, 3)) + together.lost, torch.ones(5, 3, dtype=dtype))


def test_maps_that_are_not_wanted_are_zero_and_change_nothing_else():
    walk = ExcitationBackprop(residual(), start="view", stop="relu")
    images, top = images_of(4), distributions(4, 3)
    ragged = top.clone()
    ragged[0, 1] = ragged[2] = ragged[3, 0] = 0

    whole, found = walk.maps(images, top), walk.maps(images, ragged)

    wanted = ragged.sum(-1) > 0
    torch.testing.assert_close(found.maps[wanted], whole.maps[wanted], rtol=0, atol=1e-12)
    assert found.maps[~wanted].abs().sum() == 0
    assert found.lost[~wanted].abs().sum() == 0


def test_a_tight_memory_bound_gives_the_same_maps():
    model, images, top = residual(), images_of(3), distributions(3, 7)

    loose = ExcitationBackprop(model, start="view", stop="relu").maps(images, top)
    tight = ExcitationBackprop(model, start="view", stop="relu", memory=1).maps(images, top)

    torch.testing.assert_close(tight.maps, loose.maps, rtol=0, atol=1e-12)


def test_both_variants_of_one_walk_equal_two_calls():
    walk = ExcitationBackprop(residual(), start="view", stop="layer1")
    images, top = images_of(2), distributions(2, 3, 2)

    plain, contrastive = walk.both(images, top)

    torch.testing.assert_close(plain.maps, walk.maps(images, top[:, :, 0]).maps, rtol=0, atol=1e-12)
    negative = walk.maps(images, top[:, :, 1])
    torch.testing.assert_close(
        contrastive.maps, (plain.maps - negative.maps).clamp(min=0), rtol=0, atol=1e-12
    )
    torch.testing.assert_close(walk.maps(images, top, contrastive=True).maps, contrastive.maps)
    assert contrastive.negative is not None
    torch.testing.assert_close(contrastive.negative.lost, negative.lost, rtol=0, atol=1e-12)


def test_distributions_may_come_from_the_values_at_the_start():
    walk = ExcitationBackprop(residual(), start="view", stop="layer1")
    images, seen = images_of(5), []

    def top_of(values: Tensor, part: slice) -> Tensor:
        seen.append((part.start, values))
        return (values / values.sum(1, keepdim=True)).unsqueeze(1)

    found = walk.maps(images, top_of, chunk=2)

    values = walk.forward_to_start(images)
    torch.testing.assert_close(torch.cat([value for _, value in seen]), values, rtol=0, atol=1e-12)
    assert [start for start, _ in seen] == [0, 2, 4]
    expected = walk.maps(images, (values / values.sum(1, keepdim=True)).unsqueeze(1))
    torch.testing.assert_close(found.maps, expected.maps, rtol=0, atol=1e-12)


def test_the_values_at_the_start_are_those_of_the_model():
    model, images = residual(), images_of(3)

    values = ExcitationBackprop(model, start="view").forward_to_start(images)

    with torch.no_grad():
        torch.testing.assert_close(model.fc(values), model(images), rtol=0, atol=1e-10)


def state_of(model: nn.Module) -> list[object]:
    hooks = [
        len(m._forward_hooks) + len(m._forward_pre_hooks) + len(m._backward_hooks) for m in model.modules()
    ]
    return [
        {name: tensor.clone() for name, tensor in model.state_dict().items()},
        [module.training for module in model.modules()],
        hooks,
        [(p.requires_grad, p.grad) for p in model.parameters()],
        [type(module) for module in model.modules()],
    ]


@pytest.mark.parametrize("fails", [False, True])
def test_the_model_and_the_inputs_are_left_as_they_were(fails):
    model, images, top = residual(), images_of(2), distributions(2, 2)
    before, images_before, top_before = state_of(model), images.clone(), top.clone()
    modes = torch.is_grad_enabled()

    def interrupted(values: Tensor, part: slice) -> Tensor:
        raise KeyboardInterrupt

    walk = ExcitationBackprop(model, start="view", stop="image")
    if fails:
        with pytest.raises(KeyboardInterrupt):
            walk.maps(images, interrupted)
    else:
        walk.maps(images, top)

    after = state_of(model)
    for name, tensor in before[0].items():
        assert torch.equal(tensor, after[0][name])
    assert before[1:] == after[1:]
    assert torch.equal(images, images_before)
    assert torch.equal(top, top_before)
    assert torch.is_grad_enabled() == modes


def test_changed_weights_are_seen_by_the_next_call():
    model, images, top = residual(), images_of(1), distributions(1, 1)
    walk = ExcitationBackprop(model, start="view", stop="layer1")
    walk.maps(images, top)
    model.layer2[0].conv1.weight.data.neg_()

    fresh = ExcitationBackprop(copy.deepcopy(model), start="view", stop="layer1").maps(images, top)

    torch.testing.assert_close(walk.maps(images, top).maps, fresh.maps, rtol=0, atol=1e-12)


class Overwriting(nn.Module):
    """A pre-activation block whose in-place ReLU also changes what the shortcut carries."""

    def __init__(self, inplace: bool) -> None:
        super().__init__()
        self.inplace = inplace
        self.conv = nn.Conv2d(3, 3, 1)

    def forward(self, image: Tensor) -> Tensor:
        value = self.conv(image)
        active = F.relu(value, inplace=self.inplace)
        shortcut = value if self.inplace else active
        return F.relu(self.conv(active) + shortcut).flatten(1)


def test_who_reads_a_tensor_after_an_in_place_relu_reads_what_it_left():
    torch.manual_seed(0)
    overwriting = Overwriting(inplace=True).double().eval()
    separate = Overwriting(inplace=False).double().eval()
    separate.load_state_dict(overwriting.state_dict())
    images = torch.randn(2, 3, 2, 2, dtype=torch.float64)
    top = torch.eye(12, dtype=torch.float64).expand(2, 12, 12)

    found = ExcitationBackprop(overwriting, start="flatten", stop="image").maps(images, top)

    expected = ExcitationBackprop(separate, start="flatten", stop="image").maps(images, top)
    torch.testing.assert_close(found.maps, expected.maps, rtol=0, atol=1e-12)
    torch.testing.assert_close(found.lost, expected.lost, rtol=0, atol=1e-12)


def test_stops_are_named_with_their_sizes_and_leave_out_what_mass_can_go_around():
    walk = ExcitationBackprop(residual(), start="view")

    stops = {stop.name: stop.size for stop in walk.stops((16, 16))}

    assert list(stops.items()) == [
        ("image", (16, 16)),
        ("conv", (16, 16)),
        ("norm", (16, 16)),
        ("relu", (16, 16)),
        ("add", (16, 16)),
        ("layer1", (16, 16)),
        ("add_1", (8, 8)),
        ("layer2.0", (8, 8)),
        ("add_2", (8, 8)),
        ("layer2", (8, 8)),
        ("avg_pool2d", (1, 1)),
    ]
    assert walk.default_stop((16, 16)).name == "layer2"
    assert walk.default_stop((64, 64)).name == "layer2"


@pytest.mark.parametrize(
    ("start", "stop", "says"),
    [
        ("view", "layer2.0.conv1", "not all paths.*'layer1'"),
        ("view", "nowhere", "no layer 'nowhere'"),
        ("size", None, "'size' cannot be the start"),
        ("view", "fc", "cannot be the stop"),
    ],
)
def test_wrong_names_are_refused(start, stop, says):
    with pytest.raises(Refusal, match=says):
        ExcitationBackprop(residual(), start=start, stop=stop)


def test_a_module_that_runs_more_than_once_is_named_by_its_calls():
    class Twice(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.act = nn.ReLU()
            self.conv = nn.Conv2d(3, 3, 1)

        def forward(self, image: Tensor) -> Tensor:
            return self.act(self.conv(self.act(image))).flatten(1)

    with pytest.raises(Refusal, match="'act' runs 2 times; name one of its calls: 'act', 'act_1'"):
        ExcitationBackprop(Twice().eval(), start="flatten", stop="act")


def test_a_model_in_training_mode_is_refused():
    model = residual()
    model.layer1.train()

    with pytest.raises(Refusal, match=r"'layer1' is in training mode; call model.eval\(\)"):
        ExcitationBackprop(model, start="view")


def test_a_forward_that_depends_on_values_is_refused():
    class Branching(nn.Module):
        def forward(self, image: Tensor) -> Tensor:
            return image if image.sum() > 0 else -image

    with pytest.raises(Refusal, match="cannot be traced"):
        ExcitationBackprop(Branching().eval(), start="x")


@pytest.mark.parametrize(
    ("layer", "says"),
    [
        (nn.SiLU(), "SiLU '1'"),
        (nn.LeakyReLU(), "LeakyReLU '1'"),
        (nn.GELU(), "GELU '1'"),
        (nn.Hardswish(), "Hardswish '1'"),
        (nn.GroupNorm(1, 3), "GroupNorm '1'"),
        (nn.Softmax(1), "Softmax '1'"),
        (nn.BatchNorm2d(3, track_running_stats=False), "BatchNorm2d '1' without running statistics"),
        (nn.Conv2d(3, 3, 3, padding=1, padding_mode="reflect"), "padding mode 'reflect'"),
    ],
)
def test_layers_without_a_rule_are_refused_by_name_between_stop_and_start_only(layer, says):
    model = nn.Sequential(nn.Conv2d(3, 3, 1), layer, nn.ReLU(), nn.Conv2d(3, 3, 1), nn.Flatten()).eval()

    with pytest.raises(Refusal, match=says):
        ExcitationBackprop(model, start="4", stop="0")

    found = ExcitationBackprop(model, start="4", stop="2").maps(
        torch.rand(1, 3, 2, 2), torch.full((1, 1, 12), 1 / 12)
    )
    assert (found.maps.sum() + found.lost).item() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("combine", "says"),
    [
        (lambda a, b: a * b, "mul.*product of two tensors"),
        (lambda a, b: a - b, "sub.*difference"),
        (lambda a, b: a + b.mean((2, 3), keepdim=True), "broadcasting sum"),
        (lambda a, b: a * -2.0, "not positive"),
    ],
)
def test_combinations_without_a_rule_are_refused(combine, says):
    class Combined(nn.Module):
        def forward(self, image: Tensor) -> Tensor:
            return combine(image, F.relu(image)).flatten(1)

    with pytest.raises(Refusal, match=says):
        ExcitationBackprop(Combined().eval(), start="flatten", stop="image").maps(
            torch.rand(1, 3, 2, 2), torch.full((1, 1, 12), 1 / 12)
        )


def test_a_sigmoid_gate_gets_no_mass():
    class Gated(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.conv = nn.Conv2d(3, 3, 1)

        def forward(self, image: Tensor) -> Tensor:
            value = F.relu(image)
            return (torch.sigmoid(self.conv(value.mean((2, 3), keepdim=True))) * value).flatten(1)

    images, top = torch.rand(1, 3, 2, 2), torch.zeros(1, 1, 12)
    top[0, 0, 5] = 1

    found = ExcitationBackprop(Gated().eval(), start="flatten", stop="image").maps(images, top)

    assert found.maps.flatten().tolist() == [0, 1, 0, 0]


@pytest.mark.parametrize(
    ("images", "top", "says"),
    [
        (torch.zeros(3, 16, 16), distributions(1, 1), "images must have the shape"),
        (images_of(1, torch.float32), distributions(1, 1), "float32.*float64"),
        (images_of(1).half(), distributions(1, 1), "float32 or float64"),
        (images_of(1) * torch.nan, distributions(1, 1), "not finite"),
        (images_of(1), distributions(2, 1), r"top must have the shape \(1, K, 8\)"),
        (images_of(1), 2 * distributions(1, 1), "sums to 2"),
        (images_of(1), -distributions(1, 1), "not negative"),
        (
            torch.zeros(1, 5, 16, 16, dtype=torch.float64),
            distributions(1, 1),
            "does not run on images of 5 × 16 × 16",
        ),
    ],
)
def test_wrong_input_is_refused_in_one_sentence(images, top, says):
    walk = ExcitationBackprop(residual(), start="view", stop="layer1")

    with pytest.raises(Refusal, match=says):
        walk.maps(images, top)


def test_no_images_give_no_maps():
    found = ExcitationBackprop(residual(), start="view", stop="layer1").maps(
        images_of(0), distributions(0, 2)
    )

    assert found.maps.shape == (0, 2, 16, 16)
