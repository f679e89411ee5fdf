"""The one error whose text is written for the person who caused it."""


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a malfunction
    """Something asked for can't be done; `str()` is one sentence with the thing and the remedy.

    `code` is the stable name in the problem body, `status` the HTTP status it travels under.
    """

    def __init__(self, sentence: str, *, code: str = "refused", status: int = 422) -> None:
        super().__init__(sentence)
        self.code = code
        self.status = status


def not_found(what: str) -> Refusal:
    return Refusal(f"This {what} does not exist, or you may not know of it.", code="not_found", status=404)


def conflict(sentence: str, *, code: str = "conflict") -> Refusal:
    return Refusal(sentence, code=code, status=409)
