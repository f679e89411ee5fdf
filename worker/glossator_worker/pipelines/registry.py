"""The pipeline of every kind of job."""

from glossator.jobs.kinds import IMPORT_DATA_SET, MEASURE_AGREEMENT, PREDICT, RUN_MAPS
from glossator_worker.pipelines.import_data_set import ImportDataSet
from glossator_worker.pipelines.measure_agreement import MeasureAgreement
from glossator_worker.pipelines.pipeline import Pipeline
from glossator_worker.pipelines.predict import Predict
from glossator_worker.pipelines.run_maps import RunMaps

PIPELINES: dict[str, Pipeline] = {
    IMPORT_DATA_SET: ImportDataSet(),
    PREDICT: Predict(),
    RUN_MAPS: RunMaps(),
    MEASURE_AGREEMENT: MeasureAgreement(),
}
