"""What the desk says to central and hears from it; nothing else in the desk uses the line."""

import asyncio
import logging
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self, TypeVar

import orjson
from pydantic import BaseModel, ValidationError

from console.domain.clock import Clock, SystemClock
from console.domain.failures import StorageTrouble
from console.sync import batch
from console.sync.attempts import Attempts
from console.sync.failures import FOREIGN, Answered, LineDown
from console.sync.line import Answer, Event, Line, Patience, Transport
from console.sync.timing import TimeWatch
from contract import routes
from contract.messages import ServiceDocument, Session, TeamSeen, record_from_wire
from contract.op import Op, OpResult, Record
from contract.problems import ProblemCode

log = logging.getLogger(__name__)

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")

PIECE, FIRST_PIECE = 10_000, 2_000
"""Records of a snapshot handed on at once; first few, then twice as many, so that something shows."""


@dataclass(frozen=True, slots=True)
class PushReply:
    """The answers to a push, and the anchor that becomes the witness (never the cursor).

    ``turn``: that of the push, where central keeps the pushes of a desk in order.
    """

    results: tuple[OpResult, ...]
    anchor: str
    turn: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One whole page of the changes feed."""

    records: tuple[Record, ...]
    cursor: str
    more: bool
    head: int


@dataclass(frozen=True, slots=True)
class SnapshotEnd:
    """The closing line of a snapshot."""

    cursor: str
    count: int
    digest: str


async def _keep_nothing(session: Session) -> None:
    """Keep a session in memory only: the embedded central lets its desk in again by itself."""


def _tell_nobody(session: Session) -> None:
    """Let a refused session go without a word."""


class Gateway:
    """One line to one central. Use it as ``async with``; at most one person is signed in.

    ``secret`` is what the embedded central was built with; empty for a central elsewhere, whose
    address must be https, or http to this computer. ``keep`` is awaited with every new pair of
    tokens before it is used; ``refused`` is called when central takes a session no longer; ``told``
    are headers that go along.
    Raises ``LineDown`` where no whole answer came and ``Answered`` where central refused.
    """

    def __init__(
        self,
        base_url: str,
        transport: Transport | None = None,
        *,
        device: str,
        device_name: str = "",
        secret: str = "",
        app: str = "",
        clock: Clock | None = None,
        trust: ssl.SSLContext | None = None,
        patience: Patience | None = None,
    ) -> None:
        self.device = device
        self.embedded = bool(secret)
        self.times = TimeWatch(clock or SystemClock())
        self.keep: Callable[[Session], Awaitable[None]] = _keep_nothing
        self.refused: Callable[[Session], None] = _tell_nobody
        self.told: Mapping[str, str] = {}
        self._device_name = device_name
        self._secret = secret
        self._app = app
        self._session: Session | None = None
        self._renewing = asyncio.Lock()
        self._attempts = Attempts()
        self.line = Line(base_url, transport, self.times, trust, patience)

    async def __aenter__(self) -> Self:
        """Open the line."""
        await self.line.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the line."""
        await self.line.__aexit__(None, None, None)

    @property
    def session(self) -> Session | None:
        """Return who is signed in, and to which team."""
        return self._session

    async def service_document(self) -> ServiceDocument:
        """Ask what central is; the embedded one also names its teams and people."""
        headers = {routes.SECRET_HEADER: self._secret} if self._secret else {}
        started = self.times.start()
        answer = await self._ask("GET", routes.SERVICE, headers=headers, signed=False)
        document = _read(ServiceDocument, answer.content)
        self.times.heard(started, exact=document.time)
        return document

    async def set_up(self, team_name: str, person_id: str, person_name: str) -> TeamSeen:
        """Make the first team and person; again for the same person changes nothing."""
        body = {
            "team_name": team_name,
            "person": {"id": person_id, "name": person_name},
            "secret": self._secret,
        }
        answer = await self._ask("POST", routes.SETUP, body, signed=False)
        return _read(TeamSeen, answer.content)

    async def sign_in(self, person_id: str) -> Session:
        """Sign somebody in at the embedded central; another session is forgotten."""
        return await self._enter({"grant": "embedded", "person": person_id, "secret": self._secret})

    async def sign_in_with(
        self, account: str, password: str, code: str = "", proof: Mapping[str, str] | None = None
    ) -> Session:
        """Sign in by account and password, or by ``proof``; ``code``: six digits, if asked for."""
        if proof is not None:
            return await self._enter({"grant": "oidc", **proof, "digits": code})
        return await self._enter(
            {"grant": "password", "account": account, "password": password, "code": code}
        )

    def resume(self, session: Session) -> None:
        """Go on with a session kept from before; its tokens are renewed at the first request."""
        self._session = session

    async def renew_ahead(self) -> None:
        """Get new tokens before the present ones run out."""
        used = self._session
        if used is not None:
            await self._renew(used)

    def step_aside(self) -> None:
        """Send nothing more under this session; central keeps it, and so does who kept it here."""
        self._session = None

    async def sign_out(self) -> None:
        """End the session here, and at central where the line allows."""
        session, self._session = self._session, None
        if session is not None and session.access_token:
            headers = _bearer(session)
            await self._ask("DELETE", routes.SESSION, headers=headers, signed=False)

    async def push(
        self, team: str, ops: Sequence[Op], witness: str = "", turn: str = "", follows: str = ""
    ) -> PushReply:
        """Send a batch of ops; ``follows``: the turn of one under way that comes before it."""
        body = batch.written(self.device, self._app, ops, turn, follows)
        answer = await self._ask("POST", routes.ops(team), body, headers=_witness(witness))
        with _shape():
            return PushReply(*batch.read(answer.content, ops))

    async def changes(
        self,
        team: str,
        cursor: str = "",
        *,
        limit: int = routes.PAGE_DEFAULT,
        wait: int = 0,
        witness: str = "",
    ) -> Page:
        """Fetch one page; a page without its closing line was cut and is not returned."""
        query: dict[str, str | int] = {"limit": limit, "schema": routes.SCHEMA}
        if cursor:
            query["after"] = cursor
        if wait:
            query["wait"] = wait
        answer = await self._ask(
            "GET",
            routes.changes(team),
            headers=_witness(witness),
            query=query,
            wait_s=wait,
        )
        with _shape():
            *rows, end = [orjson.loads(line) for line in answer.content.splitlines()]
            if "cursor" not in end:
                raise ValueError("no closing line")
            records = tuple(record_from_wire(row) for row in rows)
            return Page(records, batch.anchor(end["cursor"]), bool(end["more"]), int(end["head"]))

    async def snapshot(self, team: str) -> AsyncGenerator[list[Record] | SnapshotEnd, None]:
        """Walk the whole team in pieces; the last thing is the end, or the transfer was cut."""
        used = await self._ready()
        try:
            async with self.line.lines(routes.snapshot(team), _bearer(used)) as blocks:
                piece: list[Record] = []
                count, wanted = 0, FIRST_PIECE
                end: SnapshotEnd | None = None
                async for lines in blocks:
                    with _shape():
                        for line in lines:
                            said = orjson.loads(line)
                            if "cursor" in said:
                                cursor = batch.anchor(said["cursor"])
                                end = SnapshotEnd(cursor, int(said["count"]), said["digest"])
                                break
                            piece.append(record_from_wire(said))
                            count += 1
                    if end is not None:
                        break
                    if len(piece) >= wanted:
                        yield piece
                        piece, wanted = [], min(PIECE, wanted * 2)
                if end is None:
                    raise LineDown("the snapshot was cut")
                if end.count != count:
                    raise LineDown("the snapshot misses records")
                if piece:
                    yield piece
                yield end
        except Answered as refused:
            await self._renew(used, refused)
            raise LineDown("signed in anew; ask again") from None

    @asynccontextmanager
    async def events(
        self, team: str, last_id: str = "", witness: str = ""
    ) -> AsyncIterator[AsyncIterator[Event]]:
        """Hear central's events as they come (sync.md §8); ends when the line does."""
        used = await self._ready()
        headers = {**_bearer(used), **_witness(witness)}
        if last_id:
            headers["Last-Event-ID"] = last_id
        try:
            async with self.line.events(routes.team(team, "events"), headers) as events:
                yield events
        except Answered as refused:
            await self._renew(used, refused)
            raise LineDown("signed in anew; ask again") from None

    async def ask(
        self, model: type[M], method: str, path: str, body: object = None, *, signed: bool = True
    ) -> M:
        """Make any other request that has an answer of a known shape."""
        return _read(model, (await self._ask(method, path, body, signed=signed)).content)

    async def tell(
        self, method: str, path: str, body: object = None, *, signed: bool = True
    ) -> None:
        """Make any other request whose answer holds nothing."""
        answer = await self._ask(method, path, body, signed=signed)
        if answer.status != 204:
            raise LineDown(FOREIGN)

    async def digest(self, team: str) -> dict[str, Any]:
        """Fetch count and sum per kind at central's head."""
        answer = await self._ask("GET", routes.digest(team))
        with _shape():
            said: dict[str, Any] = orjson.loads(answer.content)
            return said

    async def _enter(self, grant: Mapping[str, str]) -> Session:
        self._session = None
        body = {**grant, "device": {"id": self.device, "name": self._device_name}}
        answer = await self._ask("POST", routes.SESSIONS, body, signed=False)
        return await self._take(_read(Session, answer.content))

    async def _take(self, session: Session, in_place_of: Session | None = None) -> Session:
        try:
            await self.keep(session)
        except StorageTrouble:
            # The old token is worthless by now: going on with the new one loses less.
            log.warning("a session could not be kept for the next start")
        if in_place_of is not None and self._session != in_place_of:
            # Somebody else sits here by now: these tokens wait for who they are of (I13).
            raise LineDown("signed out meanwhile")
        self._session = session
        return session

    async def _ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str | int] | None = None,
        wait_s: float = 0.0,
        signed: bool = True,
    ) -> Answer:
        sent = {**self.told, **(headers or {})}
        content = None
        if body is not None:
            content = orjson.dumps(body)
            sent["Content-Type"] = "application/json"

        async def ask(bearer: Mapping[str, str]) -> Answer:
            return await self.line.ask(
                method, path, content, headers=sent | dict(bearer), query=query, wait_s=wait_s
            )

        return await (self.signed(ask) if signed else ask({}))

    async def signed(self, ask: Callable[[Mapping[str, str]], Awaitable[T]]) -> T:
        """Ask as who is signed in, with these headers; tokens that ran out are renewed once."""
        used = await self._ready()
        try:
            return await ask(_bearer(used))
        except Answered as refused:
            used = await self._renew(used, refused)
        return await ask(_bearer(used))

    async def _ready(self) -> Session | None:
        """Return the session to send with; one kept from before is renewed first."""
        used = self._session
        return await self._renew(used) if used is not None and not used.access_token else used

    async def _renew(self, used: Session | None, refused: Answered | None = None) -> Session:
        """Get new tokens, once for all who found the old ones refused (sync.md §9).

        ``refused``: what made it needed; any refusal but of run-out tokens is raised again.
        """
        if refused is not None and (refused.status != 401 or refused.foreign):
            raise refused
        if used is None:
            raise refused or LineDown("signed out meanwhile")
        async with self._renewing:
            if self._session is None:
                raise LineDown("signed out meanwhile")
            if self._session != used:
                return self._session
            try:
                answer = await self._ask(
                    "POST", routes.REFRESH, self._attempts.body(used.refresh_token), signed=False
                )
                new = _read(Session, answer.content)
                if new.person.id != used.person.id:
                    raise Answered(401, ProblemCode.UNAUTHENTICATED)
                return await self._take(new, in_place_of=used)
            except Answered as refused:
                if refused.code is not ProblemCode.UNAUTHENTICATED:
                    raise
                if self._secret:
                    # The embedded central lets the person of this desk in again by itself.
                    return await self.sign_in(used.person.id)
                self._session = None
                self.refused(used)
                raise


def _bearer(session: Session | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {session.access_token}"} if session else {}


def _witness(witness: str) -> dict[str, str]:
    return {routes.WITNESS_HEADER: witness} if witness else {}


def _read(model: type[M], content: bytes) -> M:
    try:
        return model.model_validate_json(content)
    except ValidationError:
        raise LineDown("an answer of another shape") from None


class _shape:
    """Inside, an answer of another shape counts as no answer."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, trouble: BaseException | None, __: object) -> None:
        if isinstance(trouble, ValueError | KeyError | TypeError | AttributeError | OverflowError):
            raise LineDown("an answer of another shape") from trouble
