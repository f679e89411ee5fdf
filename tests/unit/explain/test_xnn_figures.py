"""The figures that xNNs must reach on ResNet-56 and CIFAR-10 (8,000 training and all 10,000 test images)."""

import os
import time
from pathlib import Path

import pytest
import torch

from glossator_worker.explain.faithfulness import faithfulness_table
from glossator_worker.explain.xnn import train_xnns
from glossator_worker.networks.architectures import architecture
from glossator_worker.reproduce.data_sets import cifar10
from glossator_worker.reproduce.study import Classifier

DATA_SETS = Path(os.environ.get("DATA_SETS", "../shared/data"))
FILES = ("cifar10_resnet56.th", "cifar10_train8000.npz", "cifar10_test.npz")
MISSING = [str(DATA_SETS / name) for name in FILES if not (DATA_SETS / name).exists()]


@pytest.mark.extended
@pytest.mark.timeout(1200)
@pytest.mark.skipif(bool(MISSING), reason=f"{MISSING} missing: set DATA_SETS to the folder of the data sets")
def test_xnns_of_resnet56_are_faithful_sparse_and_quick() -> None:
    entry = architecture("cifar_resnet56")
    classifier = Classifier(entry.load(DATA_SETS / FILES[0]), entry, entry.preprocessing)
    data = cifar10(DATA_SETS / FILES[1], DATA_SETS / FILES[2])
    features, scores = classifier.predictions(data.train)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        began = time.process_time()
        xnns = train_xnns(features, scores, data.train.labels)
        seconds = time.process_time() - began
    finally:
        torch.set_num_threads(threads)
    table = faithfulness_table(xnns, *classifier.predictions(data.test), data.test.labels)

    overall = table.overall
    assert overall.accuracy_network == pytest.approx(0.9339)
    assert overall.accuracy_xnn is not None and overall.agreement is not None
    assert overall.significant_per_image is not None
    assert abs(overall.accuracy_xnn - overall.accuracy_network) <= 0.001
    assert overall.agreement >= 0.998
    assert 1.2 <= overall.significant_per_image <= 3
    assert min(row.live for row in table.rows) >= 2
    assert seconds < 30
