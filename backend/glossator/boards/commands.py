"""The commands of a board as they cross the wire: one class per kind (contracts.md section 4)."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

NAME_LIMIT = 500  # characters, as in the cell of an export
NOTE_LIMIT = 4_000
MAP_LIMIT = 20_000  # maps in one command

UUID_PATTERN = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
Uid = Annotated[str, StringConstraints(pattern=UUID_PATTERN, to_lower=True)]
Maps = Annotated[tuple[Uid, ...], Field(min_length=1, max_length=MAP_LIMIT)]
Text = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
Name = Annotated[Text, StringConstraints(max_length=NAME_LIMIT)]


class Command(BaseModel):
    """What every command carries beside its body; `sequence` rises by one per client and board."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)

    kind: str
    command_id: Uid
    sequence: Annotated[int, Field(ge=0, le=2**31 - 1)]
    at: AwareDatetime

    def body(self) -> dict[str, Any]:
        """Kind and fields, as sent."""
        return self.model_dump(mode="json", by_alias=True, exclude={"command_id", "sequence", "at"})


class CreateConcept(Command):
    """A new concept behind `after`, or at the end when that is none or gone; `maps` go into it at once."""

    kind: Literal["create_concept"]
    concept_id: Uid
    name: Name | None
    after: Uid | None
    maps: Annotated[tuple[Uid, ...], Field(max_length=MAP_LIMIT)] = ()


class RenameConcept(Command):
    kind: Literal["rename_concept"]
    concept_id: Uid
    name: Name | None


class MergeConcepts(Command):
    """All maps and notes of `from` go into `into`, which keeps its name."""

    kind: Literal["merge_concepts"]
    from_: Annotated[tuple[Uid, ...], Field(alias="from", min_length=1, max_length=1_000)]
    into: Uid

    @model_validator(mode="after")
    def _not_into_itself(self) -> "MergeConcepts":
        if self.into in self.from_:
            raise ValueError("a concept can't be merged into itself")
        return self


class SplitConcept(Command):
    """Those of `maps` that are in the concept go into a new one right behind it."""

    kind: Literal["split_concept"]
    concept_id: Uid
    new_concept_id: Uid
    name: Name | None
    maps: Maps


class DeleteConcept(Command):
    """The concept goes, its maps become unlabeled."""

    kind: Literal["delete_concept"]
    concept_id: Uid


class ReorderConcepts(Command):
    """The concepts named here take each other's places in this order; others stay where they are."""

    kind: Literal["reorder_concepts"]
    order: Annotated[tuple[Uid, ...], Field(min_length=1, max_length=10_000)]

    @model_validator(mode="after")
    def _each_once(self) -> "ReorderConcepts":
        if len(set(self.order)) != len(self.order):
            raise ValueError("a concept stands twice in the order")
        return self


class NoteConcept(Command):
    kind: Literal["note_concept"]
    concept_id: Uid
    text: Annotated[Text, StringConstraints(max_length=NOTE_LIMIT)]


class Assign(Command):
    kind: Literal["assign"]
    maps: Maps
    to: Literal["unlabeled", "discarded"] | Uid


class Flag(Command):
    kind: Literal["flag"]
    maps: Maps
    not_sure: bool


class Undo(Command):
    kind: Literal["undo"]
    of: Uid


class Redo(Command):
    kind: Literal["redo"]
    of: Uid


class Complete(Command):
    kind: Literal["complete"]


class Reopen(Command):
    kind: Literal["reopen"]


AnyCommand = Annotated[
    CreateConcept
    | RenameConcept
    | MergeConcepts
    | SplitConcept
    | DeleteConcept
    | ReorderConcepts
    | NoteConcept
    | Assign
    | Flag
    | Undo
    | Redo
    | Complete
    | Reopen,
    Field(discriminator="kind"),
]


class Envelope(BaseModel):
    """Commands of one client in the order of its hands, made on the board of `base_version`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    client_id: UUID
    base_version: Annotated[int, Field(ge=0, le=2**31 - 1)]
    commands: Annotated[tuple[AnyCommand, ...], Field(min_length=1, max_length=1_000)]

    @model_validator(mode="after")
    def _each_command_once(self) -> "Envelope":
        if len({command.command_id for command in self.commands}) != len(self.commands):
            raise ValueError("a command_id stands twice in the list")
        return self
