"""Pure: the second factor, six digits of an app that change every half minute (RFC 6238)."""

from datetime import datetime
from hmac import compare_digest

STEP_S = 30
"""How long one code lasts, in seconds."""

WINDOW = 1
"""How many steps before and after the present one are taken, for clocks that differ."""

ISSUER = "Buurtdesk"


def new_secret() -> str:
    """Make a secret of 160 random bits, in base32."""
    import pyotp

    return pyotp.random_base32()


def address(secret: str, account: str) -> str:
    """Return the ``otpauth`` address that an app reads from a square."""
    import pyotp

    app = pyotp.TOTP(secret, interval=STEP_S)
    return app.provisioning_uri(name=account, issuer_name=ISSUER)


def code_at(secret: str, moment: datetime) -> str:
    """Return the six digits of a moment."""
    import pyotp

    return pyotp.TOTP(secret, interval=STEP_S).at(moment)


def step_of(secret: str, code: str, moment: datetime, last: int | None) -> int | None:
    """Return the step that a code belongs to; None for a wrong one.

    ``last`` is the newest step that was used: it and all before it are refused, so that a code
    somebody looked over a shoulder is good for nothing.
    """
    import pyotp

    app = pyotp.TOTP(secret, interval=STEP_S)
    now = int(moment.timestamp()) // STEP_S
    found = None
    for step in range(now - WINDOW, now + WINDOW + 1):
        if compare_digest(app.generate_otp(step), code) and (last is None or step > last):
            found = step
    return found
