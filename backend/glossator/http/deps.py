"""Who asks, and with what: the dependencies of all routes."""

from collections.abc import Callable, Iterator
from typing import Annotated, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import Depends, Header, Request
from pydantic import BaseModel
from sqlalchemy.orm import Session

from glossator.http.services import Services
from glossator.people import idempotency, projects
from glossator.people.accounts import Person, person_of
from glossator.people.roles import Role
from glossator.refusal import Refusal
from glossator.settings import Settings
from glossator.storage.blobs import Storage

Answer = TypeVar("Answer", bound=BaseModel)


def services(request: Request) -> Services:
    found: Services = request.app.state.services
    return found


ServicesDep = Annotated[Services, Depends(services)]


def _session(services: ServicesDep) -> Iterator[Session]:
    with services.database.transaction() as session:
        yield session


# scope="function": the transaction is committed before the answer goes out
SessionDep = Annotated[Session, Depends(_session, scope="function")]


def _storage(services: ServicesDep) -> Storage:
    return services.storage


def _settings(services: ServicesDep) -> Settings:
    return services.settings


StorageDep = Annotated[Storage, Depends(_storage)]
SettingsDep = Annotated[Settings, Depends(_settings)]


def cookie_name(settings: Settings) -> str:
    """`__Host-` where TLS makes it possible; otherwise with the port, since ports share cookies."""
    address = urlsplit(settings.public_url)
    return "__Host-glossator" if address.scheme == "https" else f"glossator-{address.port or 80}"


def session_token(request: Request, settings: SettingsDep) -> str | None:
    return request.cookies.get(cookie_name(settings))


TokenDep = Annotated[str | None, Depends(session_token)]


def maybe_signed_in(
    session: SessionDep, token: TokenDep, x_background: Annotated[str | None, Header()] = None
) -> Person | None:
    """The person, if the session has not ended; background reads do not count as activity."""
    return person_of(session, token, active=x_background is None) if token else None


def signed_in(person: Annotated[Person | None, Depends(maybe_signed_in)]) -> Person:
    if person is None:
        raise Refusal("Sign in to go on.", code="not_signed_in", status=401)
    return person


Asker = Annotated[Person, Depends(signed_in)]
MaybeAsker = Annotated[Person | None, Depends(maybe_signed_in)]


def require(session: Session, person: Person, project_id: UUID, *roles: Role) -> frozenset[Role]:
    """Who may: 404 for strangers to the project, 403 without one of the roles; owners hold every role."""
    return projects.require(session, person.account_id, project_id, *roles)


def roles_of(session: Session, person: Person, project_id: UUID) -> frozenset[Role]:
    return projects.roles_of(session, person.account_id, project_id)


class Once:
    """Runs what creates something at most once per `Idempotency-Key`."""

    def __init__(
        self,
        session: SessionDep,
        person: Asker,
        request: Request,
        idempotency_key: Annotated[UUID | None, Header()] = None,
    ) -> None:
        self._session = session
        self._person = person
        self._route = f"{request.method} {request.url.path}\n".encode()
        self._key = idempotency_key

    def answer(self, body: BaseModel | bytes, kind: type[Answer], make: Callable[[], Answer]) -> Answer:
        """`make()`, or what it answered when the same key and body came before (within 24 hours)."""
        if self._key is None:
            return make()
        content = body if isinstance(body, bytes) else body.model_dump_json().encode()
        who = self._person.account_id
        known = idempotency.reserve(
            self._session, account_id=who, key=self._key, request=self._route + content
        )
        if known is not None:
            return kind.model_validate_json(known)
        made = make()
        idempotency.store(
            self._session, account_id=who, key=self._key, answer=made.model_dump_json().encode()
        )
        return made


OnceDep = Annotated[Once, Depends(scope="function")]
