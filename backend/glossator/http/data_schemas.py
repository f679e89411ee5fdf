"""Bodies and answers of data sets, their images and classifiers."""

from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import Field, JsonValue

from glossator.datasets.layout import ReportKind
from glossator.datasets.splits import RuleKind, Split, SplitRule
from glossator.http.schemas import Body, Moment, Schema


class PictureSize(StrEnum):
    THUMB = "thumb"
    FULL = "full"


JobState = Literal["waiting", "running", "finished", "failed", "cancelled"]


class SplitBody(Body):
    """The field `split` of an import, as JSON.

    "automatic" takes what the archive offers: a column split, else a column group, else the folders train and
    test, else a random split.
    """

    kind: RuleKind = "automatic"
    column: str = Field(default="split", min_length=1, max_length=100)
    group_column: str = Field(default="group", min_length=1, max_length=100)
    test_share: float = Field(default=0.2, ge=0.01, le=0.99)
    seed: int = Field(default=0, ge=0, lt=2**32)

    def rule(self) -> SplitRule:
        return SplitRule(self.kind, self.column, self.group_column, self.test_share, self.seed)


class DataSetAsked(Schema):
    data_set_id: UUID
    job_id: UUID


class DataSetOut(Schema):
    """A data set as lists show it; `state` is that of its import, `images` is 0 until that has finished."""

    id: UUID
    project_id: UUID
    name: str
    state: JobState
    images: int
    job_id: UUID | None
    created_at: Moment
    imported_at: Moment | None


class Count(Schema):
    """How many images share these; `fine_label` is always empty while the person names blindly."""

    label: str
    fine_label: str | None
    split: Split
    images: int


class Groups(Schema):
    """Groups of images of one object; those on both sides of the split make test figures too good."""

    count: int
    on_both_sides: int
    images_without: int


class DataSetDetail(DataSetOut):
    note: str
    split_rule: dict[str, JsonValue]
    counts: list[Count]
    groups: Groups | None  # none where no image has a group
    images_with_mask: int
    reported: dict[ReportKind, int]
    ignored_columns: list[str]
    blinded: bool


class ImageOut(Schema):
    """An image; fine label, group and file name are empty while the person names blindly."""

    id: UUID
    width: int
    height: int
    label: str
    fine_label: str | None
    group: str | None
    file_name: str | None
    split: Split
    has_mask: bool


class ReportLine(Schema):
    file_name: str
    kind: ReportKind
    reason: str


class ClassifierAsked(Schema):
    classifier_id: UUID
    job_id: UUID


class ClassifierOut(Schema):
    """A classifier as lists show it; `state` is that of the job that checks it and predicts."""

    id: UUID
    project_id: UUID
    name: str
    architecture: str
    architecture_title: str
    data_set_id: UUID
    data_set_name: str
    classes: int
    state: JobState
    job_id: UUID | None
    created_at: Moment
    predicted_at: Moment | None


class AccuracyOut(Schema):
    """`k` of `n` right; value, Wilson 95 % interval and interval by groups are none where undefined."""

    name: str
    n: int
    k: int
    value: float | None
    low: float | None
    high: float | None
    groups: int
    group_low: (
        float | None
    )  # 95 % bootstrap over groups: honest where images of one object resemble each other
    group_high: float | None


class SplitAccuracy(Schema):
    """On one side of the split: over all images, per class, and per fine label unless naming blindly."""

    split: Split
    overall: AccuracyOut
    classes: list[AccuracyOut]
    fine_labels: list[AccuracyOut]


class ClassifierDetail(ClassifierOut):
    note: str
    preprocessing: dict[str, JsonValue]
    class_names: list[str]
    accuracy: list[SplitAccuracy]  # test first; empty until predicted
    blinded: bool


class ArchitectureOut(Schema):
    name: str
    title: str
