"""The one error of the library for input it cannot treat."""


class Refusal(ValueError):  # noqa: N818 - a refusal is an answer, not a malfunction
    """Says in one sentence what cannot be treated and what to do instead."""
