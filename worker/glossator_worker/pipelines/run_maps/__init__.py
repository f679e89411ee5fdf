"""The job behind a run: features, xNNs, maps, sheets, figures."""

from glossator_worker.pipelines.run_maps.pipeline import RunMaps

__all__ = ["RunMaps"]
