"""The routes that a client calls before ARM: where to log in, and a token for any client."""

from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from azure_hotpatch.emulator.arm.lifecycle.identities import TENANT
from azure_hotpatch.emulator.served import metadata, tokens

MANAGED_IDENTITY = "00000000-0000-0000-0000-00000000a2e1"  # the client id that a managed identity's token names
_NOT_CACHED = {"Cache-Control": "no-store", "Pragma": "no-cache"}


async def endpoints(request: Request) -> Response:
    return JSONResponse(metadata.document(base_of(request)))


async def openid_configuration(request: Request) -> Response:
    return JSONResponse(_configuration(base_of(request), request.path_params["tenant"]))


async def adfs_configuration(request: Request) -> Response:
    base = base_of(request)
    return JSONResponse(
        {
            "issuer": f"{base}/adfs",
            "authorization_endpoint": f"{base}/adfs/oauth2/authorize",
            "token_endpoint": f"{base}/adfs/oauth2/token",
            "device_authorization_endpoint": f"{base}/adfs/oauth2/devicecode",
            "jwks_uri": f"{base}/adfs/discovery/keys",
        }
    )


async def keys(_request: Request) -> Response:
    """No key: the tokens are not signed."""
    return JSONResponse({"keys": []})


async def token(request: Request) -> Response:
    """A token for every client, secret and scope; the form is neither kept nor logged, it holds the secret."""
    form = parse_qs((await request.body()).decode("utf-8", errors="replace"))
    given = {name: values[0] for name, values in form.items()}
    if given.get("grant_type") != "client_credentials":
        return _refused(
            "unsupported_grant_type", 70003, "The emulator knows the grant type 'client_credentials' alone."
        )
    if not given.get("client_id"):
        return _refused(
            "invalid_request", 900144, "The request body must contain the following parameter: 'client_id'."
        )
    # "https://host//.default" is Azure's way of asking for the audience "https://host/".
    audience = given.get("scope", "").split(" ")[0].removesuffix("/.default") or given.get("resource", "")
    return JSONResponse(
        {
            "token_type": "Bearer",
            "expires_in": tokens.LASTS,
            "ext_expires_in": tokens.LASTS,
            "access_token": tokens.issued(_issuer(base_of(request)), audience, given["client_id"]),
        },
        headers=_NOT_CACHED,
    )


async def app_service_identity(request: Request) -> Response:
    """What IDENTITY_ENDPOINT points to; as in Azure, the secret header must be there, which a web page cannot send."""
    if "x-identity-header" not in request.headers and "secret" not in request.headers:
        return _identity_refused("The header 'X-IDENTITY-HEADER' is required.")
    return _identity_token(request)


async def instance_identity(request: Request) -> Response:
    """The Instance Metadata Service's token; azure-identity first leaves out the header, and expects a 400."""
    if request.headers.get("metadata", "").lower() != "true":
        return _identity_refused("Required metadata header not specified or not correct")
    return _identity_token(request)


def base_of(request: Request) -> str:
    """The address that the client knows this server by."""
    return f"{request.url.scheme}://{request.url.netloc}"


def _configuration(base: str, tenant: str) -> dict[str, Any]:
    return {
        "issuer": f"{base}/{tenant}/v2.0",
        "authorization_endpoint": f"{base}/{tenant}/oauth2/v2.0/authorize",
        "token_endpoint": f"{base}/{tenant}/oauth2/v2.0/token",
        "device_authorization_endpoint": f"{base}/{tenant}/oauth2/v2.0/devicecode",
        "jwks_uri": f"{base}/{tenant}/discovery/v2.0/keys",
        "response_types_supported": ["code", "token"],
        "subject_types_supported": ["pairwise"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
    }


def _issuer(base: str) -> str:
    return f"{base}/{TENANT}/"


def _identity_token(request: Request) -> Response:
    resource = request.query_params.get("resource")
    if not resource:
        return _identity_refused("The parameter 'resource' is required.")
    client = request.query_params.get("client_id") or MANAGED_IDENTITY
    issued = tokens.issued(_issuer(base_of(request)), resource, client)
    answer = {
        "access_token": issued,
        "client_id": client,
        "expires_in": str(tokens.LASTS),
        "expires_on": str(tokens.expiry()),
        "resource": resource,
        "token_type": "Bearer",
    }
    return JSONResponse(answer, headers=_NOT_CACHED)


def _refused(error: str, number: int, words: str) -> Response:
    body = {"error": error, "error_description": f"AADSTS{number}: {words}", "error_codes": [number]}
    return JSONResponse(body, status_code=400, headers=_NOT_CACHED)


def _identity_refused(words: str) -> Response:
    return JSONResponse({"error": "invalid_request", "error_description": words}, status_code=400)


IDENTITY_ROUTES = (
    Route("/msi/token", app_service_identity, methods=["GET"]),
    Route("/metadata/identity/oauth2/token", instance_identity, methods=["GET"]),
)
ROUTES = (
    Route("/metadata/endpoints", endpoints, methods=["GET"]),
    *IDENTITY_ROUTES,
    Route("/adfs/.well-known/openid-configuration", adfs_configuration, methods=["GET"]),
    Route("/adfs/oauth2/token", token, methods=["POST"]),
    Route("/adfs/discovery/keys", keys, methods=["GET"]),
    Route("/{tenant}/v2.0/.well-known/openid-configuration", openid_configuration, methods=["GET"]),
    Route("/{tenant}/.well-known/openid-configuration", openid_configuration, methods=["GET"]),
    Route("/{tenant}/oauth2/v2.0/token", token, methods=["POST"]),
    Route("/{tenant}/oauth2/token", token, methods=["POST"]),
    Route("/{tenant}/discovery/v2.0/keys", keys, methods=["GET"]),
)
