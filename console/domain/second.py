"""The colleague who looks along: whose eye it is, what is on the screen, and what they sign (F26)."""

from dataclasses import dataclass, field

from contract.looking import Look, prove


@dataclass(frozen=True, slots=True)
class Eye:
    """Somebody who typed their own passphrase before the text on the screen.

    ``text`` is that text, whole, as one group would get it. It lives as long as the one act.
    """

    person: str
    text: str = field(repr=False)
    seed: bytes = field(repr=False)

    def proof(self, look: Look) -> dict[str, str]:
        """Return what shows that they looked, as it stands in the decision."""
        return prove(look, self.seed)
