"""What crosses HTTP of runs, maps and explanations."""

import base64
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, PlainSerializer

from glossator.http.schemas import Body, Moment, Schema
from glossator.maps.figures import ClassFigures, RunFigures
from glossator.maps.parameters import Asked, RunParameters, Stop, Variant

Base64 = Annotated[
    bytes,
    PlainSerializer(lambda content: base64.b64encode(content).decode(), return_type=str, when_used="json"),
]
SheetKind = Literal["photographs", "plain", "contrastive"]


class NamedOut(Schema):
    id: UUID
    name: str


class NewRun(Body):
    """`stop` is a name from `GET /api/runs/{id}/stops` of an earlier run; null takes the network's
    default.
    """

    project_id: UUID
    classifier_id: UUID
    name: str | None = Field(default=None, min_length=1, max_length=200)
    x_features: int = Field(default=5, ge=1, le=20)
    share: float = Field(default=0.9, gt=0, le=1)
    stop: str | None = Field(default=None, min_length=1, max_length=200)
    variant: Asked = Asked.AUTOMATIC
    seed: int = Field(default=0, ge=0, lt=2**32)


class RunAsked(Schema):
    run_id: UUID
    job_id: UUID


class VariantChoice(Body):
    variant: Variant


class RunOut(Schema):
    """A run in a list. `state` is its job's: waiting, running, finished, failed, cancelled.

    `needs_choice`: finished, but "automatic" found no variant fit for boards; `variant_reason` says why.
    """

    id: UUID
    project_id: UUID
    name: str
    classifier: NamedOut
    data_set: NamedOut
    job_id: UUID | None
    state: str
    parameters: RunParameters
    variant: Variant | None
    variant_reason: str | None
    needs_choice: bool
    created_at: Moment
    finished_at: Moment | None


class ClassRowOut(Schema):
    """Table 1 of one class; `maps_on_board` is null until a variant is chosen."""

    position: int
    name: str
    maps_on_board: int | None
    figures: ClassFigures


class XFeatureOut(Schema):
    class_position: int
    number: int
    weight: float
    status: Literal["live", "dead", "negative"]


class RunDetail(RunOut):
    """A run's page. What is not computed yet is null or empty.

    `blinded`: the asker has an open board in the run, so X-features and rows by fine label are left out.
    """

    start: str | None
    stop: str | None
    map_height: int | None
    map_width: int | None
    stops: list[Stop]
    figures: RunFigures | None
    classes: list[ClassRowOut]
    x_features: list[XFeatureOut] | None
    blinded: bool


class CellsOut(Schema):
    """A map: base64 of one byte a cell, row by row; 255 stands for `scale`, the probability in the brightest
    cell.
    """

    cells: Base64
    scale: float


class ExampleMapOut(Schema):
    share: float
    plain: CellsOut
    contrastive: CellsOut


class ExampleOut(Schema):
    """An image with all its maps in both variants, largest share of the score first."""

    picture_url: str
    class_position: int
    class_name: str
    plain_cosine: float | None
    contrastive_cosine: float | None
    maps: list[ExampleMapOut]


class Examples(Schema):
    height: int
    width: int
    examples: list[ExampleOut]


class NamerOut(Schema):
    """`annotator` is what `naming` takes; account and name only for owners, researchers and the person."""

    annotator: str
    account_id: UUID | None
    name: str | None


class RunImage(Schema):
    """A test image in the list to browse.

    `names`: what the chosen annotator called its maps, largest share first, "other" where nothing; null when
    nobody was chosen.
    """

    image_id: UUID
    picture_url: str
    label: str
    class_position: int
    predicted: str
    right: bool
    significant: int
    names: list[str] | None


class FeatureOut(Schema):
    """A significant X-feature. `number`, `weight` and `status` are null for annotators.

    `share` is of the positive score; `lost` is the probability that found no way down, above 0.5 it is
    marked. `name` is the chosen annotator's, "other" where there is none, null when nobody was chosen.
    """

    map_id: UUID
    number: int | None
    status: Literal["live", "dead", "negative"] | None
    weight: float | None
    contribution: float
    share: float
    lost: float
    mostly_lost: bool
    name: str | None
    plain: CellsOut
    contrastive: CellsOut


class OtherTermOut(Schema):
    """A term that is not significant: small, or (below 0) evidence against the class."""

    number: int | None
    contribution: float


class PredictedOut(Schema):
    name: str
    probability: float


class ExplanationOut(Schema):
    """Why a test image got the score of its own label.

    `file_name` and `fine_label` are null for annotators. `lost`: significant X-features that left no mass on
    their map and are shown nowhere. No feature at all: there is no positive evidence.
    """

    run_id: UUID
    image_id: UUID
    picture_url: str
    file_name: str | None
    fine_label: str | None
    label: str
    class_position: int
    predicted: PredictedOut
    right: bool
    score: float
    rebuilt_score: float | None
    variant: Variant | None
    height: int
    width: int
    features: list[FeatureOut]
    others: list[OtherTermOut]
    lost: int
