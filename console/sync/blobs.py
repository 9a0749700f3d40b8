"""The content of photos on the line: where it stands, one part up, one part down (sync.md §8)."""

from collections.abc import Mapping

from console.sync.failures import FOREIGN, Answered, LineDown
from console.sync.gateway import Gateway
from console.sync.line import Line, Whole, own, problem_of
from contract import blobs, routes
from contract.problems import ProblemCode

_TYPES = tuple(blobs.TYPES)


class Elsewhere(Exception):
    """The upload stands at another byte than the desk thought: ``offset``."""

    def __init__(self, offset: int) -> None:
        super().__init__(str(offset))
        self.offset = offset


class BlobLine:
    """Requests about content, as who is signed in. Raises ``LineDown`` and ``Answered``."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def look(self, team: str, sha256: str) -> int | None:
        """Return how many bytes central holds of content; None: the whole."""

        async def ask(bearer: Mapping[str, str]) -> Whole:
            answer = await self._line.whole("HEAD", routes.blob(team, sha256), headers=bearer)
            if answer.status < 400:
                own(answer, *_TYPES)
            elif answer.status != 404:
                raise _refusal_without_words(answer)
            return answer

        answer = await self._gateway.signed(ask)
        return None if answer.status < 400 else _offset(answer)

    async def send(self, team: str, sha256: str, offset: int, length: int, part: bytes) -> int:
        """Send a part; returns where the upload stands then. Raises ``Elsewhere``."""

        async def ask(bearer: Mapping[str, str]) -> Whole:
            headers = {
                **bearer,
                routes.OFFSET_HEADER: str(offset),
                routes.LENGTH_HEADER: str(length),
                "Content-Type": "application/octet-stream",
            }
            answer = await self._line.whole(
                "PATCH", routes.blob(team, sha256), part, headers=headers
            )
            if answer.status >= 400:
                refusal = problem_of(answer)
                if refusal.code is ProblemCode.OFFSET_MISMATCH:
                    raise Elsewhere(_offset(answer))
                raise refusal
            own(answer)
            return answer

        return _offset(await self._gateway.signed(ask))

    async def fetch(self, team: str, sha256: str, start: int, end: int) -> bytes:
        """Return the bytes from ``start`` up to ``end``."""

        async def ask(bearer: Mapping[str, str]) -> Whole:
            headers = {
                **bearer,
                "Range": f"bytes={start}-{end - 1}",
                "If-Range": f'"{sha256}"',
                "Accept-Encoding": "identity",
            }
            answer = await self._line.whole("GET", routes.blob(team, sha256), headers=headers)
            if answer.status >= 400:
                raise problem_of(answer)
            own(answer, *_TYPES)
            return answer

        answer = await self._gateway.signed(ask)
        if answer.status == 206:
            if not answer.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
                raise LineDown(FOREIGN)
            found = answer.content
        else:
            found = answer.content[start:]
        if len(found) < end - start:
            raise LineDown("the content was cut")
        return found[: end - start]

    @property
    def _line(self) -> Line:
        return self._gateway.line


def _offset(answer: Whole) -> int:
    said = answer.headers.get(routes.OFFSET_HEADER, "")[:12]
    if not (said.isascii() and said.isdigit()):
        raise LineDown(FOREIGN)
    return int(said)


def _refusal_without_words(answer: Whole) -> Answered:
    """Read the refusal of a HEAD, which has no body: its type says whether central gave it."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    code = ProblemCode.UNAUTHENTICATED if answer.status == 401 else None
    return Answered(answer.status, code, foreign=kind != routes.PROBLEM_JSON)
