"""What can be followed: the state behind each topic, and who may see it."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy.orm import Session

from glossator.people.accounts import Person
from glossator.refusal import Refusal

State = dict[str, object]
Provider = Callable[[Session, Person, UUID | None], State]

PROVIDERS: dict[str, Provider] = {}


def provides(kind: str) -> Callable[[Provider], Provider]:
    """Registers the reader of the topics `kind:ID` (or of `kind` alone)."""

    def register(provider: Provider) -> Provider:
        PROVIDERS[kind] = provider
        return provider

    return register


def state_of(session: Session, person: Person, topic: str) -> State:
    kind, separator, text = topic.partition(":")
    provider = PROVIDERS.get(kind)
    if provider is None:
        raise Refusal(f"There is no topic '{kind[:40]}'.", code="topics")
    try:
        followed = UUID(text) if separator else None
    except ValueError:
        raise Refusal(f"The topic '{topic[:80]}' has no valid id.", code="topics") from None
    return provider(session, person, followed)
