"""Anticipated answers of "no": a code, a status and a sentence a person can act on.

Domain packages raise subclasses beside the operation that refuses. Pages show the sentence;
anything that is not a Refusal is a defect and rises.
"""


class Refusal(Exception):
    """A request that is answered with a sentence instead of being carried out."""

    status = 400

    def __init__(self, sentence: str, *, details: list[str] | None = None) -> None:
        super().__init__(sentence)
        self.sentence = str(sentence)
        self.details = details or []

    @property
    def code(self) -> str:
        return f"{type(self).__module__.split('.')[1]}.{type(self).__name__}"


class Invalid(Refusal):
    """What was sent cannot be taken as it is."""

    status = 422


class Denied(Refusal):
    """The user may see this, but not do this."""

    status = 403


class NotFound(Refusal):
    """There is no such thing, or the user may not know of it."""

    status = 404


class Conflict(Refusal):
    """The state of things no longer allows it."""

    status = 409
