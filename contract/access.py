"""The wire form of signing in, accounts, second factors and devices (security.md §3, sync.md §9).

An account is what somebody types to sign in; a person is who they are in the records of a team.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, RootModel, StringConstraints

from contract.messages import (
    Device,
    FirstPerson,
    Identifier,
    Message,
    Name,
    SignInRequest,
)

ACCOUNT_SHAPE = r"^[a-z0-9._-]{3,60}$"

_Shaped = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{3,60}$", strip_whitespace=True)
]
Account = Annotated[_Shaped, AfterValidator(str.lower)]
"""The name of an account: 3 to 60 of a-z, 0-9, dot, line and underscore; capitals are lowered."""

Password = Annotated[str, StringConstraints(min_length=1, max_length=256)]
Digits = Annotated[str, StringConstraints(pattern=r"^(\d{6})?$")]
OneTimeCode = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class PasswordSignIn(Message):
    """Sign in with an account; ``code`` is the six digits of the second factor, or empty."""

    grant: Literal["password"]
    account: Account
    password: Password = Field(repr=False)
    code: Digits = Field(default="", repr=False)
    device: Device


class ProviderSignIn(Message):
    """Sign in with what the organisation's provider gave the browser of this desk.

    ``verifier``, ``nonce`` and ``redirect_uri`` are those of the one attempt that ``code`` is the
    answer to (RFC 7636, RFC 8252). ``digits``: the second factor of the account, or empty.
    """

    grant: Literal["oidc"]
    code: Annotated[str, StringConstraints(min_length=1, max_length=2000)] = Field(repr=False)
    verifier: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._~-]{43,128}$")] = Field(
        repr=False
    )
    nonce: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{22,128}$")] = Field(repr=False)
    redirect_uri: Annotated[
        str, StringConstraints(pattern=r"^http://127\.0\.0\.1:\d{1,5}/[A-Za-z0-9_-]{0,64}$")
    ]
    digits: Digits = Field(default="", repr=False)
    device: Device


class SignIn(
    RootModel[
        Annotated[SignInRequest | PasswordSignIn | ProviderSignIn, Field(discriminator="grant")]
    ]
):
    """Any way to sign in; ``grant`` says which."""


class ProviderWay(Message):
    """What a desk needs to send somebody to the organisation's provider; nothing of it is secret.

    ``address``: where the browser goes; empty while the provider does not answer. ``path``: to come
    back to; empty: the desk makes one anew. ``acr``: the level to ask for, ``max_age_s``: how long
    ago somebody may have signed in there; empty and 0: not asked for.
    """

    name: str
    issuer: str
    client_id: str
    address: str = ""
    scope: str = "openid profile email"
    path: str = ""
    acr: str = ""
    max_age_s: int = 0


class SignInWays(Message):
    """How people may sign in here; the same for whoever asks."""

    password: bool = True
    provider: ProviderWay | None = None


class FirstAccountRequest(Message):
    """Make the first account of a central or of a further team, with the code it printed."""

    code: OneTimeCode = Field(repr=False)
    account: Account
    password: Password = Field(repr=False)
    team_name: Name
    person: FirstPerson


class NewAccountRequest(Message):
    """Give a person of the team an account; for one that exists: start it anew."""

    person: Identifier
    account: Account


class CodeGiven(Message):
    """The code with which somebody chooses their password, once, before ``until`` (UTC)."""

    code: str = Field(repr=False)
    until: str


class ActivateRequest(Message):
    """Choose a password with a code that an account holder gave."""

    code: OneTimeCode = Field(repr=False)
    password: Password = Field(repr=False)


class PasswordChange(Message):
    """Choose another password; the old one proves who asks."""

    old: Password = Field(repr=False)
    new: Password = Field(repr=False)


class SecondFactorOffer(Message):
    """What an authenticator app needs: the secret in base32 and the same as an address."""

    secret: str = Field(repr=False)
    uri: str = Field(repr=False)


class SecondFactorProof(Message):
    """Six digits that show that the app holds the secret."""

    code: Annotated[str, StringConstraints(pattern=r"^\d{6}$")] = Field(repr=False)


class AccountSeen(Message):
    """An account as account holders see it; ``active``: a password was chosen."""

    person: str
    account: str
    active: bool
    second_factor: bool


class AccountsSeen(Message):
    """The accounts of a team."""

    accounts: tuple[AccountSeen, ...]


class DeviceSeen(Message):
    """A desk that signed in; ``revoked_at`` is empty while it may. Times are UTC stamps.

    ``person`` is who signed in there last, while central keeps a session of it; else empty.
    """

    id: str
    name: str
    created_at: str
    seen_at: str
    revoked_at: str = ""
    person: str = ""


class DevicesSeen(Message):
    """The desks of a team."""

    devices: tuple[DeviceSeen, ...]


class LookingKey(Message):
    """The public half of what somebody signs with when they look along: Ed25519, 64 digits."""

    public: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class LookingKeySeen(Message):
    """A key as account holder and auditor see it; ``ended_at`` is empty while it is good."""

    person: str
    device: str
    public: str
    registered_at: str
    ended_at: str = ""


class LookingKeysSeen(Message):
    """The keys of a team, those that ended too."""

    keys: tuple[LookingKeySeen, ...]
