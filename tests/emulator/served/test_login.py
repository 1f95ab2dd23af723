"""How Microsoft's own clients log in to the served emulator, without a change to the program."""

import base64
import json
import ssl
import subprocess
import sys

import httpx
import jwt
import pytest

PROGRAM = """
import os
from azure.identity import {credential}
from azure.mgmt.resource.resources import ResourceManagementClient

url = os.environ["ARM_RESOURCE_MANAGER_ENDPOINT"]
client = ResourceManagementClient(
    {credential}(), os.environ["AZURE_SUBSCRIPTION_ID"], base_url=url, credential_scopes=[url + "/.default"]
)
print(client.resource_groups.create_or_update("{group}", {{"location": "westeurope"}}).name)
"""
SECRET = ("AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "AZURE_TENANT_ID")
APP_SERVICE = ("IDENTITY_ENDPOINT", "IDENTITY_HEADER")
METADATA_SERVICE = ("AZURE_POD_IDENTITY_AUTHORITY_HOST",)


@pytest.fixture(scope="module")
def client(served):
    with httpx.Client(base_url=served.url, verify=ssl.create_default_context(cafile=served.authority)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("credential", "group", "without"),
    [
        ("DefaultAzureCredential", "by-secret", ()),
        ("DefaultAzureCredential", "by-app-service", (*SECRET, *METADATA_SERVICE)),
        ("DefaultAzureCredential", "by-metadata-service", (*SECRET, *APP_SERVICE)),
        ("EnvironmentCredential", "by-environment", ()),
        ("ManagedIdentityCredential", "by-identity", SECRET),
    ],
)
def test_a_credential_without_arguments_logs_in(served, credential, group, without):
    environ = {name: value for name, value in served.pointed_here().items() if name not in without}
    program = PROGRAM.format(credential=credential, group=group)
    ran = subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, text=True)
    assert ran.stdout == f"{group}\n", ran.stderr


def test_the_metadata_document_has_what_each_client_reads(client, served):
    found = client.get("/metadata/endpoints", params={"api-version": "2022-09-01"}).json()
    assert found["name"] == "AzureEmulator"
    assert found["resourceManager"] == f"{served.url}/"
    assert found["authentication"]["loginEndpoint"] == served.url
    assert found["authentication"]["audiences"][0] == f"{served.url}/"
    assert found["microsoftGraphResourceId"]
    assert {"storage", "keyVaultDns"} <= set(found["suffixes"])


def test_collapses_the_slashes_of_an_address_that_ends_with_one(client, served):
    assert client.get(f"{served.url}//metadata/endpoints").json()["name"] == "AzureEmulator"
    assert client.get(f"{served.url}///subscriptions?api-version=2022-12-01").status_code == 200


@pytest.mark.parametrize("tenant", ["organizations", "common", "00000000-0000-0000-0000-00000000a2e0", "fleet.example"])
def test_every_tenant_has_its_configuration(client, served, tenant):
    found = client.get(f"/{tenant}/v2.0/.well-known/openid-configuration").json()
    assert found["issuer"] == f"{served.url}/{tenant}/v2.0"
    assert found["token_endpoint"] == f"{served.url}/{tenant}/oauth2/v2.0/token"
    assert client.get(found["jwks_uri"]).json() == {"keys": []}


def test_the_tenant_of_adfs_has_its_own_paths(client, served):
    found = client.get("/adfs/.well-known/openid-configuration").json()
    assert found["token_endpoint"] == f"{served.url}/adfs/oauth2/token"


def test_a_token_can_be_decoded(client, served):
    form = {"grant_type": "client_credentials", "client_id": "somebody", "client_secret": "anything"}
    answer = client.post("/common/oauth2/v2.0/token", data={**form, "scope": f"{served.url}//.default"})
    assert answer.headers["Cache-Control"] == "no-store"
    given = answer.json()
    assert given["token_type"] == "Bearer"  # noqa: S105 - no secret
    claims = jwt.decode(given["access_token"], options={"verify_signature": False})
    assert claims["aud"] == f"{served.url}/"
    assert claims["appid"] == "somebody"
    assert claims["tid"] == "00000000-0000-0000-0000-00000000a2e0"
    assert claims["exp"] - claims["iat"] == given["expires_in"]
    assert {"oid", "sub", "iss", "nbf", "idtyp"} <= set(claims)


def test_the_third_part_of_a_token_is_base64(client):
    form = {"grant_type": "client_credentials", "client_id": "somebody", "scope": "x/.default"}
    token = client.post("/adfs/oauth2/token", data=form).json()["access_token"]
    assert base64.urlsafe_b64decode(token.split(".")[2] + "==")
    assert json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "==")) == {"typ": "JWT", "alg": "none"}


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"grant_type": "password", "client_id": "somebody"}, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, "invalid_request"),
        ({}, "unsupported_grant_type"),
    ],
)
def test_refuses_a_token_in_oauths_words(client, form, error):
    answer = client.post("/common/oauth2/v2.0/token", data=form)
    assert answer.status_code == 400
    assert answer.json()["error"] == error
    assert answer.json()["error_description"].startswith("AADSTS")


def test_a_managed_identity_is_given_a_token_over_plain_http(served):
    answer = httpx.get(
        f"{served.plain_url}/msi/token", params={"resource": "https://x/"}, headers={"X-IDENTITY-HEADER": "any"}
    ).json()
    assert answer["resource"] == "https://x/"
    assert answer["expires_on"].isdigit()
    assert jwt.decode(answer["access_token"], options={"verify_signature": False})["aud"] == "https://x/"


@pytest.mark.parametrize("path", ["/msi/token", "/metadata/identity/oauth2/token"])
def test_a_managed_identity_must_send_the_header_that_a_page_cannot(served, path):
    answer = httpx.get(f"{served.plain_url}{path}", params={"resource": "https://x/"})
    assert answer.status_code == 400
    assert answer.json()["error"] == "invalid_request"


def test_arm_is_not_served_over_plain_http(served):
    assert httpx.get(f"{served.plain_url}/subscriptions?api-version=2022-12-01").status_code == 404


def test_the_certificate_is_given_to_whoever_does_not_trust_it_yet(served):
    assert httpx.get(f"{served.plain_url}/emulator/certificate").text == served.authority.read_text()


def test_says_that_it_is_healthy(client, served):
    assert client.get("/emulator/health").json() == {"status": "healthy"}
    assert httpx.get(f"{served.plain_url}/emulator/health").json() == {"status": "healthy"}
