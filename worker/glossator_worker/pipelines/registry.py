"""The pipeline of every kind of job."""

from glossator_worker.pipelines.pipeline import Pipeline

PIPELINES: dict[str, Pipeline] = {}
