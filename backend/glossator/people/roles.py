"""What a member of a project may be; apart from the tables, so that a command's help needs no database."""

from enum import StrEnum


class Role(StrEnum):
    OWNER = "owner"
    RESEARCHER = "researcher"
    ANALYST = "analyst"
    ANNOTATOR = "annotator"
