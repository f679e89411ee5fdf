"""From an image file's pixels to the tensor a network takes, in two steps that share coordinates.

``picture`` places the image in the network's square; tiles, masks and the large view use that square.
``tensor`` turns the square into normalised numbers. Nothing is augmented.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from glossator_worker.explain.refusal import Refusal


class Fit(StrEnum):
    """How an image that is not square fills the network's square."""

    LETTERBOX = "letterbox"
    """The long side fills the square, the rest is padded equally on both sides; nothing is cut off."""
    STRETCH = "stretch"
    """Both sides fill the square, each with its own scale."""
    SHORT_SIDE_CROP = "short_side_crop"
    """The short side is scaled to ``resize``, then the centre of side ``size`` is cut out."""


class Interpolation(StrEnum):
    """How pixels are computed when the size changes; all but nearest average when an image shrinks."""

    NEAREST = "nearest"
    BILINEAR = "bilinear"
    BICUBIC = "bicubic"
    LANCZOS = "lanczos"


_RESAMPLING = {
    Interpolation.NEAREST: Image.Resampling.NEAREST,
    Interpolation.BILINEAR: Image.Resampling.BILINEAR,
    Interpolation.BICUBIC: Image.Resampling.BICUBIC,
    Interpolation.LANCZOS: Image.Resampling.LANCZOS,
}

_LEAST_DEVIATION = 1e-6
_T = TypeVar("_T")


@dataclass(frozen=True)
class Placement:
    """Where an image lies in the network's square, in whole pixels of the square.

    The image is scaled to ``width`` × ``height`` and its upper left corner put at (``left``, ``top``);
    negative values mean that this much of it is cut off.
    """

    width: int
    height: int
    left: int
    top: int


@dataclass(frozen=True)
class Preprocessing:
    """What a classifier does to an image before its first layer. Lengths in pixels, colours as shares of 255.

    Attributes:
        size: side of the network's square.
        fit: how an image fills the square.
        resize: length of the short side before the crop; only for ``short_side_crop``.
        interpolation: of photographs; masks always take the nearest pixel.
        fill: colour of the padding around a letterboxed image, 0 to 255.
        grey: give all three channels the luminance.
        per_image_normalise: first bring the pixels of each square to mean 0 and deviation 1, all channels
        together.
        mean: subtracted per channel, from pixels in 0 to 1.
        std: divided by per channel.
    """

    size: int
    fit: Fit = Fit.LETTERBOX
    resize: int | None = None
    interpolation: Interpolation = Interpolation.BILINEAR
    fill: tuple[int, int, int] = (0, 0, 0)
    grey: bool = False
    per_image_normalise: bool = False
    mean: tuple[float, float, float] = (0.0, 0.0, 0.0)
    std: tuple[float, float, float] = (1.0, 1.0, 1.0)

    def __post_init__(self) -> None:
        if self.size < 1:
            raise Refusal(f"preprocessing: size must be at least 1 pixel, not {self.size}")
        if (self.resize is not None) != (self.fit is Fit.SHORT_SIDE_CROP):
            raise Refusal(f"preprocessing: resize belongs to the fit {Fit.SHORT_SIDE_CROP}, and only to it")
        if self.resize is not None and self.resize < self.size:
            raise Refusal(f"preprocessing: resize {self.resize} is smaller than the crop {self.size}")
        if any(value <= 0 for value in self.std):
            raise Refusal(f"preprocessing: std must be above 0, not {self.std}")
        if any(not 0 <= value <= 255 for value in self.fill):
            raise Refusal(f"preprocessing: fill must lie between 0 and 255, not {self.fill}")

    def placement(self, width: int, height: int) -> Placement:
        """Say where an image of this size lies in the square."""
        if self.fit is Fit.STRETCH:
            return Placement(self.size, self.size, 0, 0)
        if self.resize is not None:
            # The longer side is cut down to whole pixels and the centre rounded, as torchvision does it.
            scaled_width = self.resize if width <= height else int(self.resize * width / height)
            scaled_height = self.resize if height <= width else int(self.resize * height / width)
            left = -round((scaled_width - self.size) / 2.0)
            top = -round((scaled_height - self.size) / 2.0)
            return Placement(scaled_width, scaled_height, left, top)
        scale = self.size / max(width, height)
        scaled_width, scaled_height = max(1, round(width * scale)), max(1, round(height * scale))
        return Placement(
            scaled_width, scaled_height, (self.size - scaled_width) // 2, (self.size - scaled_height) // 2
        )

    def point(self, x: float, y: float, *, width: int, height: int) -> tuple[float, float] | None:
        """Give where a point of an image of this size lies in the square; None if it is cut off."""
        place = self.placement(width, height)
        at = (place.left + x * place.width / width, place.top + y * place.height / height)
        return at if all(0 <= value <= self.size for value in at) else None

    def picture(self, image: Image.Image) -> Image.Image:
        """Give the RGB square (size × size) as the network sees it, before colours are normalised."""
        return self._placed(image.convert("RGB"), _RESAMPLING[self.interpolation], self.fill)

    def mask(self, image: Image.Image) -> Image.Image:
        """Give a mask's square as ``L``, in the coordinates of its image's picture; 0 in the padding."""
        return self._placed(image.convert("L"), Image.Resampling.NEAREST, 0)

    def tensor(self, picture: Image.Image) -> Tensor:
        """Give the network's input (3, size, size), float32, of what :meth:`picture` gave."""
        if picture.size != (self.size, self.size):
            raise Refusal(f"the picture is {picture.size[0]} × {picture.size[1]}, not {self.size} squared")
        shown = picture.convert("L").convert("RGB") if self.grey else picture.convert("RGB")
        pixels = np.asarray(shown, dtype=np.float32) / np.float32(255)
        if self.per_image_normalise:
            pixels = (pixels - pixels.mean()) / np.maximum(pixels.std(), np.float32(_LEAST_DEVIATION))
        normal = (pixels - np.asarray(self.mean, np.float32)) / np.asarray(self.std, np.float32)
        return torch.from_numpy(np.ascontiguousarray(normal.transpose(2, 0, 1), dtype=np.float32))

    def _placed(
        self, image: Image.Image, resampling: Image.Resampling, fill: int | tuple[int, int, int]
    ) -> Image.Image:
        place = self.placement(*image.size)
        scaled = (
            image
            if image.size == (place.width, place.height)
            else image.resize((place.width, place.height), resampling)
        )
        if (place.width, place.height) == (self.size, self.size):
            return scaled
        square = Image.new(image.mode, (self.size, self.size), fill)
        square.paste(scaled, (place.left, place.top))
        return square

    def to_json(self) -> dict[str, Any]:
        """Give a dict of JSON values that :meth:`from_json` reads."""
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Preprocessing":
        """Read what :meth:`to_json` gave; a field that is unknown or of the wrong kind is refused by name."""
        known = {field.name for field in fields(cls)}
        unknown = sorted(set(values) - known)
        if unknown:
            raise Refusal(
                f"preprocessing: there is no field {unknown[0]!r}; there are {', '.join(sorted(known))}"
            )
        if "size" not in values:
            raise Refusal("preprocessing: the field 'size' is missing")
        read: dict[str, Any] = {}
        for name, value in values.items():
            try:
                read[name] = _READERS[name](value)
            except (TypeError, ValueError):
                raise Refusal(f"preprocessing: the field {name!r} cannot be {value!r}") from None
        return cls(**read)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError
    return float(value)


def _triple(read: Callable[[object], _T]) -> Callable[[object], tuple[_T, _T, _T]]:
    def read_three(value: object) -> tuple[_T, _T, _T]:
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise TypeError
        first, second, third = value
        return read(first), read(second), read(third)

    return read_three


_READERS: dict[str, Callable[[object], object]] = {
    "size": _whole,
    "fit": lambda value: Fit(str(value)),
    "resize": lambda value: None if value is None else _whole(value),
    "interpolation": lambda value: Interpolation(str(value)),
    "fill": _triple(_whole),
    "grey": _truth,
    "per_image_normalise": _truth,
    "mean": _triple(_number),
    "std": _triple(_number),
}
