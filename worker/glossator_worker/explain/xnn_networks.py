"""Trained xNNs: X-features, scores and significance of images, and where excitation backprop starts from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import torch
from torch import Tensor

from glossator_worker.explain.refusal import Refusal
from glossator_worker.explain.significance import significant
from glossator_worker.explain.xnn_layers import Layer, encode, read_out

_TINY = {torch.float32: 1e-20, torch.float64: 1e-100}


class ClassState(IntEnum):
    """What became of a class. The numbers are stored."""

    TRAINED = 0
    FEWER_THAN_TWO = 1
    NO_IMAGES = 2
    CONSTANT_SCORE = 3
    FAILED = 4
    NOT_ASKED_FOR = 5

    @property
    def has_xnn(self) -> bool:
        """Whether the class has an xNN, be it one with a single live X-feature."""
        return self in (ClassState.TRAINED, ClassState.FEWER_THAN_TWO)

    def sentence(self, name: str) -> str:
        """Say it of the class called ``name``."""
        return _SENTENCES[self].format(name=name)


_SENTENCES = {
    ClassState.TRAINED: "{name} has an xNN",
    ClassState.FEWER_THAN_TWO: "{name} has fewer than two X-features in use after the last attempt",
    ClassState.NO_IMAGES: "{name} was skipped: no training image is labelled so",
    ClassState.CONSTANT_SCORE: "{name} was skipped: its score is the same for all training images",
    ClassState.FAILED: "{name} has no xNN: in every attempt its loss left the range of numbers",
    ClassState.NOT_ASKED_FOR: "{name} was not asked for",
}


@dataclass(frozen=True)
class XNNs:
    """The xNNs of C classes on one hidden layer of N features, with n X-features each. float32.

    A class without an xNN (see ``states``) has zero weights, so that nothing of it is significant, and a
    bias of NaN, so that its score is undefined.

    Attributes:
        encoder: layers from raw features up to the X-features, weight (C, out, in) and bias (C, out) each.
        weights: (C, n), readout.
        biases: (C,), readout; never a term of the explanation.
        live: bool (C, n): significant on at least 2 % of the class's training images.
        negative: bool (C, n): weight below 0 and active on at least 2 % of all training images.
        states: what became of each class.
        attempts: how often each class was trained.
        rmse: root mean square error of each class's score over all training images, NaN without an xNN.
    """

    encoder: tuple[Layer, ...]
    weights: Tensor
    biases: Tensor
    live: Tensor
    negative: Tensor
    states: tuple[ClassState, ...]
    attempts: tuple[int, ...]
    rmse: tuple[float, ...]

    @property
    def hidden_width(self) -> int:
        """N, the features of an image."""
        return self.encoder[0][0].shape[2]

    def x_features(self, features: Tensor) -> Tensor:
        """Give the X-features (B, C, n), all >= 0, of raw features (B, N)."""
        self._check(features)
        return encode(self.encoder, features.to(self.weights.dtype)).transpose(0, 1)

    def scores(self, features: Tensor) -> Tensor:
        """Give the rebuilt scores (B, C), as logits of the classifier, of raw features (B, N)."""
        return read_out(self.weights, self.biases, self.x_features(features).transpose(0, 1))

    def contributions(self, features: Tensor) -> Tensor:
        """Give the terms w·x of the scores, float64 (B, C, n)."""
        return self.x_features(features).to(torch.float64) * self.weights.to(torch.float64)

    def significant(self, features: Tensor, *, share: float = 0.9) -> Tensor:
        """Mark the significant X-features, bool (B, C, n); see :func:`significance.significant`."""
        return significant(self.contributions(features), share=share)

    def top(self, features: Tensor, class_index: int, *, contrastive: bool = False) -> Tensor:
        """Give the winning probabilities over the hidden layer from which excitation backprop walks on.

        One unit of probability stands on each X-feature of the class and goes down the encoder by the rule of
        excitation backprop: to a unit below in proportion to its activation times its positive weight.

        Args:
            features: raw features (B, N).
            class_index: the class whose xNN it is.
            contrastive: also give the distribution with the X-feature's row of weights negated.

        Returns:
            (B, n, N), or (B, n, 2, N) with the positive and the negated row's distribution. Each sums to
            1, or to 0 if nothing feeds it. With hidden layers in the encoder, what would go to units that
            only their bias keeps active is shared out among the rest.

        Raises:
            Refusal: wrong shape of features, or a class without an xNN.
        """
        self._check(features)
        if not 0 <= class_index < len(self.states):
            raise Refusal(
                f"there is no class {class_index}: the xNNs have classes 0 to {len(self.states) - 1}"
            )
        if not self.states[class_index].has_xnn:
            raise Refusal(self.states[class_index].sentence(f"class {class_index}"))
        layers = [(weight[class_index], bias[class_index]) for weight, bias in self.encoder]
        activations = [features.to(self.weights.dtype)]
        for weight, bias in layers[:-1]:
            activations.append(torch.relu(activations[-1] @ weight.T + bias))
        last = layers[-1][0]
        rows = torch.stack([last, -last], dim=1) if contrastive else last[:, None]
        reached = activations[-1][:, None, None] * rows.clamp_min(0)
        mass = _shares(reached, reached.sum(-1, keepdim=True))
        for (weight, _), below in zip(reversed(layers[:-1]), reversed(activations[:-1]), strict=True):
            positive = weight.clamp_min(0)
            fed = (below @ positive.T)[:, None, None]
            mass = below[:, None, None] * (_shares(mass, fed) @ positive)
        mass = _shares(mass, mass.sum(-1, keepdim=True))
        return mass if contrastive else mass.squeeze(2)

    def to(self, device: torch.device | str) -> "XNNs":
        """Return these xNNs with their tensors on a device."""
        return replace(
            self,
            encoder=tuple((weight.to(device), bias.to(device)) for weight, bias in self.encoder),
            weights=self.weights.to(device),
            biases=self.biases.to(device),
            live=self.live.to(device),
            negative=self.negative.to(device),
        )

    def state(self) -> dict[str, Tensor]:
        """Give everything as named tensors, for a file; :meth:`from_state` reads it."""
        tensors = {
            "weights": self.weights,
            "biases": self.biases,
            "live": self.live,
            "negative": self.negative,
            "states": torch.tensor([int(state) for state in self.states], dtype=torch.int64),
            "attempts": torch.tensor(self.attempts, dtype=torch.int64),
            "rmse": torch.tensor(self.rmse, dtype=torch.float64),
        }
        for level, (weight, bias) in enumerate(self.encoder):
            tensors[f"encoder.{level}.weight"], tensors[f"encoder.{level}.bias"] = weight, bias
        return {name: tensor.detach().contiguous() for name, tensor in tensors.items()}

    @classmethod
    def from_state(cls, state: Mapping[str, Tensor]) -> "XNNs":
        """Read what :meth:`state` gave; a tensor that is missing is refused by name."""
        depth = sum(name.startswith("encoder.") and name.endswith(".weight") for name in state)
        wanted = ["weights", "biases", "live", "negative", "states", "attempts", "rmse"]
        wanted += [f"encoder.{level}.{part}" for level in range(max(depth, 1)) for part in ("weight", "bias")]
        missing = [name for name in wanted if name not in state]
        if missing:
            raise Refusal(f"these are not the tensors of xNNs: {missing[0]} is missing")
        return cls(
            encoder=tuple(
                (state[f"encoder.{level}.weight"], state[f"encoder.{level}.bias"]) for level in range(depth)
            ),
            weights=state["weights"],
            biases=state["biases"],
            live=state["live"],
            negative=state["negative"],
            states=tuple(ClassState(value) for value in state["states"].tolist()),
            attempts=tuple(state["attempts"].tolist()),
            rmse=tuple(state["rmse"].tolist()),
        )

    @classmethod
    def joined(cls, parts: Sequence["XNNs"]) -> "XNNs":
        """Put together xNNs of the same classes and layer of which each part trained its own classes."""
        if not parts:
            raise Refusal("there are no xNNs to join")
        whole = {name: tensor.clone() for name, tensor in parts[0].state().items()}
        for part in parts[1:]:
            state = part.state()
            if {name: tensor.shape for name, tensor in state.items()} != {
                n: t.shape for n, t in whole.items()
            }:
                raise Refusal("only xNNs of the same classes, layer and number of X-features can be joined")
            asked = state["states"] != ClassState.NOT_ASKED_FOR
            for name, tensor in state.items():
                whole[name][asked] = tensor[asked]
        return cls.from_state(whole)

    def _check(self, features: Tensor) -> None:
        if features.dim() != 2 or features.shape[1] != self.hidden_width:
            raise Refusal(
                f"the xNNs take features of shape (images, {self.hidden_width}), not {tuple(features.shape)}"
            )


def _shares(part: Tensor, whole: Tensor) -> Tensor:
    """Divide, with 0 where the whole is too small to divide by: that mass has no positive path."""
    fed = whole > _TINY[part.dtype]
    return torch.where(fed, part / torch.where(fed, whole, 1.0), 0.0)
