"""The one error of the library for input it cannot treat."""


class Refusal(ValueError):
    """Says in one sentence what cannot be treated and what to do instead."""
