"""Why one file of an import can't be used; the import goes on without it."""


class Unreadable(Exception):  # noqa: N818 - a line of the report, not a malfunction
    """`str()` completes "This file was skipped: …" and names the remedy."""
