"""What the desk says to central and hears from it; nothing else in the desk uses the line."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self, TypeVar

import httpx
import orjson
from pydantic import BaseModel, ValidationError

from console.sync.failures import Answered, LineDown
from contract import routes
from contract.messages import (
    ServiceDocument,
    Session,
    TeamSeen,
    op_to_wire,
    record_from_wire,
    result_from_wire,
)
from contract.op import Op, OpResult, Record
from contract.problems import ProblemCode, code_of

M = TypeVar("M", bound=BaseModel)

CONNECT_S = 5.0
READ_S = 20.0
PIECE = 500


@dataclass(frozen=True, slots=True)
class PushReply:
    """The answers to a push, and the anchor that becomes the witness (never the cursor)."""

    results: tuple[OpResult, ...]
    anchor: str


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


class Gateway:
    """One line to one central. Use it as ``async with``; at most one person is signed in.

    ``secret`` is what the embedded central was built with; empty for a central elsewhere.
    Raises ``LineDown`` where no whole answer came and ``Answered`` where central refused.
    """

    def __init__(
        self,
        base_url: str,
        transport: httpx.AsyncBaseTransport | None = None,
        *,
        device: str,
        device_name: str = "",
        secret: str = "",
        app: str = "",
    ) -> None:
        self._device = device
        self._device_name = device_name
        self._secret = secret
        self._app = app
        self._session: Session | None = None
        self._renewing = asyncio.Lock()
        self._http = httpx.AsyncClient(
            base_url=base_url,
            transport=transport,
            timeout=httpx.Timeout(READ_S, connect=CONNECT_S),
            follow_redirects=False,
        )

    async def __aenter__(self) -> Self:
        """Open the line."""
        await self._http.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the line."""
        await self._http.__aexit__(None, None, None)

    @property
    def session(self) -> Session | None:
        """Return who is signed in, and to which team."""
        return self._session

    async def service_document(self) -> ServiceDocument:
        """Ask what central is; the embedded one also names its teams and people."""
        headers = {routes.SECRET_HEADER: self._secret} if self._secret else {}
        answer = await self._ask("GET", routes.SERVICE, headers=headers, signed=False)
        return _read(ServiceDocument, answer.content)

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
        self._session = None
        body = {
            "grant": "embedded",
            "person": person_id,
            "secret": self._secret,
            "device": {"id": self._device, "name": self._device_name},
        }
        answer = await self._ask("POST", routes.SESSIONS, body, signed=False)
        self._session = _read(Session, answer.content)
        return self._session

    async def sign_out(self) -> None:
        """End the session here, and at central where the line allows."""
        session, self._session = self._session, None
        if session is not None:
            headers = _bearer(session)
            await self._ask("DELETE", routes.SESSION, headers=headers, signed=False)

    async def push(self, team: str, ops: Sequence[Op], witness: str = "") -> PushReply:
        """Send a batch of ops."""
        body = {
            "client": {"device": self._device, "app": self._app, "schema": routes.SCHEMA},
            "ops": [op_to_wire(op) for op in ops],
        }
        answer = await self._ask("POST", routes.ops(team), body, headers=_witness(witness))
        with _shape():
            said = orjson.loads(answer.content)
            results = tuple(result_from_wire(line) for line in said["results"])
            return PushReply(results, str(said["anchor"]))

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
            read_s=READ_S + wait,
        )
        with _shape():
            *rows, end = [orjson.loads(line) for line in answer.content.splitlines()]
            if "cursor" not in end:
                raise ValueError("no closing line")
            records = tuple(record_from_wire(row) for row in rows)
            return Page(records, str(end["cursor"]), bool(end["more"]), int(end["head"]))

    async def snapshot(self, team: str) -> AsyncIterator[list[Record] | SnapshotEnd]:
        """Walk the whole team in pieces; the last thing is the end, or the transfer was cut."""
        async with self._stream(routes.snapshot(team)) as answer:
            piece: list[Record] = []
            count = 0
            async for line in answer.aiter_lines():
                with _shape():
                    said = orjson.loads(line)
                    if "cursor" in said:
                        end = SnapshotEnd(said["cursor"], int(said["count"]), said["digest"])
                        break
                    piece.append(record_from_wire(said))
                    count += 1
                if len(piece) >= PIECE:
                    yield piece
                    piece = []
            else:
                raise LineDown("the snapshot was cut")
            if end.count != count:
                raise LineDown("the snapshot misses records")
            if piece:
                yield piece
            yield end

    async def digest(self, team: str) -> dict[str, Any]:
        """Fetch count and sum per kind at central's head."""
        answer = await self._ask("GET", routes.digest(team))
        with _shape():
            said: dict[str, Any] = orjson.loads(answer.content)
            return said

    async def _ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str | int] | None = None,
        read_s: float = READ_S,
        signed: bool = True,
    ) -> httpx.Response:
        content = None if body is None else orjson.dumps(body)
        used = self._session if signed else None
        for attempt in (1, 2):
            sent = {**_bearer(used), **(headers or {})}
            if content is not None:
                sent["Content-Type"] = "application/json"
            try:
                answer = await self._http.request(
                    method,
                    path,
                    content=content,
                    headers=sent,
                    params=query,
                    timeout=httpx.Timeout(read_s, connect=CONNECT_S),
                )
            except httpx.HTTPError as trouble:
                raise LineDown(type(trouble).__name__) from trouble
            if answer.status_code == 401 and signed and attempt == 1 and used is not None:
                used = await self._renew(used)
                continue
            break
        if answer.status_code >= 400:
            raise _problem(answer.status_code, answer.headers, answer.content)
        return answer

    @asynccontextmanager
    async def _stream(self, path: str) -> AsyncIterator[httpx.Response]:
        used = self._session
        try:
            async with self._http.stream("GET", path, headers=_bearer(used)) as answer:
                if answer.status_code == 401 and used is not None:
                    await self._renew(used)
                    raise LineDown("signed in anew; ask again")
                if answer.status_code >= 400:
                    raise _problem(answer.status_code, answer.headers, await answer.aread())
                yield answer
        except httpx.HTTPError as trouble:
            raise LineDown(type(trouble).__name__) from trouble

    async def _renew(self, used: Session) -> Session:
        """Get new tokens, once for all who found the old ones refused (sync.md §9)."""
        async with self._renewing:
            if self._session is not None and self._session != used:
                return self._session
            try:
                answer = await self._ask(
                    "POST", routes.REFRESH, {"refresh_token": used.refresh_token}, signed=False
                )
                self._session = _read(Session, answer.content)
            except Answered as refused:
                if refused.code is not ProblemCode.UNAUTHENTICATED or not self._secret:
                    raise
                # The embedded central lets the person of this desk in again by itself.
                return await self.sign_in(used.person.id)
            return self._session


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
        if isinstance(trouble, ValueError | KeyError | TypeError | AttributeError):
            raise LineDown("an answer of another shape") from trouble


def _problem(status: int, headers: Mapping[str, str], content: bytes) -> Answered:
    code, detail = None, ""
    try:
        document = orjson.loads(content)
        code, detail = code_of(document.get("type")), str(document.get("detail") or "")
    except (orjson.JSONDecodeError, AttributeError):
        pass
    wait = headers.get("Retry-After", "")
    return Answered(status, code, detail, float(wait) if wait.isdigit() else None)
