"""Where pixels go, and the numbers a network gets."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from glossator_worker.explain.refusal import Refusal
from glossator_worker.networks.architectures import architectures
from glossator_worker.networks.preprocessing import Fit, Interpolation, Placement, Preprocessing
from glossator_worker.networks.torchvision_loader import load_torchvision

LETTERBOX = Preprocessing(size=8, fill=(9, 8, 7))


def gradient(width: int, height: int) -> Image.Image:
    pixels = np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return Image.fromarray(pixels)


def test_a_letterboxed_picture_is_padded_and_never_cropped() -> None:
    image = Image.new("RGB", (16, 8), (200, 100, 50))
    pixels = np.asarray(LETTERBOX.picture(image))
    assert pixels.shape == (8, 8, 3)
    assert (pixels[2:6] == (200, 100, 50)).all()
    assert (pixels[:2] == (9, 8, 7)).all() and (pixels[6:] == (9, 8, 7)).all()


def test_a_tall_image_is_padded_left_and_right() -> None:
    assert LETTERBOX.placement(5, 40) == Placement(1, 8, 3, 0)
    assert LETTERBOX.placement(1, 1000) == Placement(1, 8, 3, 0)


@pytest.mark.parametrize("size", [(16, 8), (7, 30), (8, 8)])
@pytest.mark.parametrize(
    "preprocessing",
    [
        LETTERBOX,
        Preprocessing(size=8, fit=Fit.STRETCH),
        Preprocessing(size=8, fit=Fit.SHORT_SIDE_CROP, resize=10),
    ],
)
def test_a_mask_lies_where_its_image_lies(preprocessing: Preprocessing, size: tuple[int, int]) -> None:
    mask = Image.new("L", size, 0)
    mask.paste(255, (size[0] // 2, 0, size[0], size[1] // 2))
    sharp = replace(preprocessing, interpolation=Interpolation.NEAREST, fill=(0, 0, 0))
    placed = np.asarray(preprocessing.mask(mask))
    assert placed.shape == (8, 8)
    assert set(np.unique(placed)) <= {0, 255}
    assert (placed == np.asarray(sharp.picture(mask.convert("RGB")))[..., 0]).all()


@pytest.mark.parametrize("size", [(300, 200), (201, 333), (256, 256)])
def test_short_side_and_crop_are_torchvisions(size: tuple[int, int]) -> None:
    image = gradient(*size)
    ours = Preprocessing(
        size=64, fit=Fit.SHORT_SIDE_CROP, resize=83, mean=(0.485, 0.456, 0.406), std=(0.229, 0.224, 0.225)
    )
    assert load_torchvision()
    from torchvision.transforms import v2

    theirs = v2.Compose(
        [
            v2.Resize(83),
            v2.CenterCrop(64),
            v2.PILToTensor(),
            v2.ToDtype(torch.float32, scale=True),
            v2.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
        ]
    )
    assert torch.allclose(ours.tensor(ours.picture(image)), theirs(image), atol=1e-5)


def test_a_point_moves_with_the_picture() -> None:
    assert LETTERBOX.point(16, 4, width=16, height=8) == (8, 4)
    assert Preprocessing(size=8, fit=Fit.STRETCH).point(4, 4, width=16, height=8) == (2, 4)
    crop = Preprocessing(size=8, fit=Fit.SHORT_SIDE_CROP, resize=10)
    assert crop.point(8, 4, width=16, height=8) == (4, 4)
    assert crop.point(0, 4, width=16, height=8) is None


def test_the_tensor_is_the_normalised_picture_channels_first() -> None:
    preprocessing = Preprocessing(size=2, mean=(0.5, 0.25, 0.0), std=(0.5, 1.0, 2.0))
    image = Image.fromarray(np.array([[[255, 0, 51]] * 2] * 2, dtype=np.uint8))
    tensor = preprocessing.tensor(preprocessing.picture(image))
    assert tensor.dtype == torch.float32
    assert torch.allclose(tensor[:, 1, 0], torch.tensor([1.0, -0.25, 0.1]))


def test_lite0_gets_what_its_weights_expect() -> None:
    preprocessing = architectures()["efficientnet_lite0"].preprocessing
    image = Image.new("RGB", (224, 224), (0, 127, 255))
    tensor = preprocessing.tensor(image)
    assert torch.allclose(tensor[:, 0, 0], torch.tensor([-127 / 128, 0.0, 1.0]), atol=1e-6)


def test_grey_gives_all_channels_the_luminance_and_leaves_the_picture_in_colour() -> None:
    preprocessing = Preprocessing(size=4, grey=True)
    picture = preprocessing.picture(gradient(4, 4))
    tensor = preprocessing.tensor(picture)
    assert torch.equal(tensor[0], tensor[1]) and torch.equal(tensor[0], tensor[2])
    assert np.asarray(picture).std(2).max() > 0


def test_normalising_per_image_removes_exposure_and_survives_a_plain_image() -> None:
    preprocessing = Preprocessing(size=8, per_image_normalise=True)
    image = gradient(8, 8).point(lambda value: value // 4)
    brighter = image.point(lambda value: value * 3 + 20)
    dark, bright = (preprocessing.tensor(picture) for picture in (image, brighter))
    assert torch.allclose(dark, bright, atol=1e-4)
    assert float(dark.mean()) == pytest.approx(0, abs=1e-5)
    assert float(dark.std(correction=0)) == pytest.approx(1, abs=1e-4)
    assert bool((preprocessing.tensor(Image.new("RGB", (8, 8), (7, 7, 7))) == 0).all())


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "1", "CMYK"])
def test_every_mode_becomes_rgb(mode: str) -> None:
    assert LETTERBOX.picture(Image.new(mode, (20, 10))).mode == "RGB"


def test_a_picture_of_another_size_is_refused() -> None:
    with pytest.raises(Refusal, match="9 × 8"):
        LETTERBOX.tensor(Image.new("RGB", (9, 8)))


def test_every_default_survives_json() -> None:
    for entry in architectures().values():
        text = json.dumps(entry.preprocessing.to_json())
        assert Preprocessing.from_json(json.loads(text)) == entry.preprocessing


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "'size' is missing"),
        ({"size": 8, "colour": 1}, "no field 'colour'"),
        ({"size": "8"}, "'size' cannot be '8'"),
        ({"size": True}, "'size' cannot be True"),
        ({"size": 0}, "at least 1 pixel"),
        ({"size": 8, "fit": "zoom"}, "'fit' cannot be 'zoom'"),
        ({"size": 8, "fit": "short_side_crop"}, "resize belongs to"),
        ({"size": 8, "resize": 9}, "resize belongs to"),
        ({"size": 8, "fit": "short_side_crop", "resize": 7}, "smaller than the crop"),
        ({"size": 8, "mean": [0.1, 0.2]}, "'mean' cannot be"),
        ({"size": 8, "mean": "abc"}, "'mean' cannot be"),
        ({"size": 8, "std": [1, 0, 1]}, "std must be above 0"),
        ({"size": 8, "std": [1, float("nan"), 1]}, "'std' cannot be"),
        ({"size": 8, "fill": [0, 0, 256]}, "between 0 and 255"),
        ({"size": 8, "grey": 1}, "'grey' cannot be 1"),
    ],
)
def test_preprocessing_that_makes_no_sense_is_refused_by_field(values: dict[str, Any], message: str) -> None:
    with pytest.raises(Refusal, match=message):
        Preprocessing.from_json(values)
