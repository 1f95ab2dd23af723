"""The access tokens that the emulator issues: JWTs that clients can parse, with a signature that nobody verifies."""

import base64
import json
import time
import uuid

from azure_hotpatch.emulator.arm.lifecycle.identities import TENANT

LASTS = 86399  # seconds; what Entra ID gives a service principal at most
# The third part must be base64url: PyJWT, in `az login --identity`, decodes it before it leaves it unverified.
_SIGNATURE = "c2lnbmF0dXJl"
_NAMESPACE = uuid.UUID("3f2b1c8e-6d0a-5e7b-9a41-0c5d7e9fa2e0")


def issued(issuer: str, audience: str, client: str, now: float | None = None) -> str:
    """A token for `audience` in the name of the application `client`, from this moment on."""
    moment = int(time.time() if now is None else now)
    principal = principal_of(client)
    claims = {
        "aud": audience,
        "iss": issuer,
        "iat": moment,
        "nbf": moment,
        "exp": expiry(moment),
        "appid": client,
        "appidacr": "1",
        "idtyp": "app",
        "oid": principal,
        "sub": principal,
        "tid": TENANT,
        "ver": "1.0",
    }
    return f"{_encoded({'typ': 'JWT', 'alg': 'none'})}.{_encoded(claims)}.{_SIGNATURE}"


def expiry(now: float | None = None) -> int:
    """When a token that is issued now ends, in seconds since 1970."""
    return int(time.time() if now is None else now) + LASTS


def principal_of(client: str) -> str:
    """The object id of an application, the same each time."""
    return str(uuid.uuid5(_NAMESPACE, client))


def _encoded(part: dict[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part, separators=(",", ":")).encode()).rstrip(b"=").decode()
