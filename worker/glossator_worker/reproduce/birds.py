"""The birds' classifier: EfficientNet-Lite0 with a linear head of its own."""

from dataclasses import replace

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from glossator_worker.networks.architectures import architecture
from glossator_worker.networks.efficientnet_lite0 import published_weights_path
from glossator_worker.networks.preprocessing import Fit
from glossator_worker.reproduce.data_sets import DataSet
from glossator_worker.reproduce.study import Classifier

_DECAY = 1e-3


def bird_classifier(data: DataSet) -> Classifier:
    """Put a linear head for the species on EfficientNet-Lite0's published trunk, trained on the training
    split.

    Multinomial logistic regression with an L2 penalty, from zero, so nothing is random. The whole
    photograph is seen, padded to a square, so that no part of a bird is cut off.
    """
    entry = architecture("efficientnet_lite0")
    preprocessing = replace(entry.preprocessing, fit=Fit.LETTERBOX, resize=None, fill=(127, 127, 127))
    model = entry.load(published_weights_path())
    bare = Classifier(model, entry, preprocessing)
    features, _ = bare.predictions(data.train)
    head = _linear_head(features, data.train.labels, len(data.class_names))
    model.classifier = head
    return Classifier(model.eval(), entry, preprocessing)


def _linear_head(features: Tensor, labels: Tensor, classes: int) -> nn.Linear:
    weight = torch.zeros(classes, features.shape[1], dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(classes, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weight, bias], max_iter=200, line_search_fn="strong_wolfe")
    rows = features.to(torch.float64)

    def loss() -> Tensor:
        optimiser.zero_grad()
        value = F.cross_entropy(F.linear(rows, weight, bias), labels) + _DECAY / 2 * weight.square().sum()
        torch.autograd.backward(value)
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]  # torch leaves it without types
    head = nn.Linear(features.shape[1], classes)
    with torch.no_grad():
        head.weight.copy_(weight)
        head.bias.copy_(bias)
    return head
