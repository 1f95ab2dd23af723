"""The variables that point each client at the served emulator."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from azure_hotpatch.emulator.arm.hierarchy.subscriptions import DEFAULT as SUBSCRIPTION
from azure_hotpatch.emulator.arm.lifecycle.identities import TENANT
from azure_hotpatch.emulator.served.addresses import Addresses

CLIENT = "00000000-0000-0000-0000-00000000c11e"
_NO_SECRET = "emulator"  # noqa: S105 - every secret is taken
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
# Another way to log in, or another cloud: a client that finds one of these would send a real token here, or ask
# another cloud.
_OTHER_LOGINS = (
    *("AZURE_CLIENT_CERTIFICATE_PATH", "AZURE_FEDERATED_TOKEN_FILE", "AZURE_TOKEN_CREDENTIALS", "AZURE_USERNAME"),
    *("ARM_ENVIRONMENT", "ARM_USE_OIDC", "ARM_USE_MSI", "ARM_USE_CLI", "ARM_USE_AKS_WORKLOAD_IDENTITY"),
    *("ARM_CLIENT_CERTIFICATE", "ARM_CLIENT_CERTIFICATE_PATH", "ARM_OIDC_TOKEN", "ARM_OIDC_TOKEN_FILE_PATH"),
)


@dataclass(frozen=True, slots=True)
class Trust:
    """Files of the user's state: the bundle that is trusted, the authority alone, and the Azure CLI's own folder."""

    bundle: Path
    authority: Path
    azure_cli: Path


def variables(addresses: Addresses, trust: Trust, environ: Mapping[str, str]) -> dict[str, str | None]:
    """The variables of all clients with their values; None for one that must not be set.

    `environ` is what is set now, for what must be added to.
    """
    wanted = {name: value for group in by_client(addresses, trust).values() for name, value in group.items()}
    return {**dict.fromkeys(_OTHER_LOGINS), **wanted, **_past_the_proxy(addresses, environ)}


def by_client(addresses: Addresses, trust: Trust) -> dict[str, dict[str, str]]:
    """The variables of each client."""
    url = addresses.url
    return {
        "Python: trust (requests, azure-identity, the Azure CLI)": {
            "REQUESTS_CA_BUNDLE": str(trust.bundle),
            "CURL_CA_BUNDLE": str(trust.bundle),
        },
        "Go, OpenSSL: trust": {"SSL_CERT_FILE": str(trust.bundle)},
        "Node: trust": {"NODE_EXTRA_CA_CERTS": str(trust.authority)},
        # azure-identity contacts no other authority for the tenant "adfs"; there is no variable for that.
        "DefaultAzureCredential() without arguments, in Python and Go": {
            "AZURE_AUTHORITY_HOST": url,
            "AZURE_TENANT_ID": "adfs",
            "AZURE_CLIENT_ID": CLIENT,
            "AZURE_CLIENT_SECRET": _NO_SECRET,
            "AZURE_SUBSCRIPTION_ID": SUBSCRIPTION,
        },
        "Managed identity": {
            "IDENTITY_ENDPOINT": f"{addresses.plain_url}/msi/token",
            "IDENTITY_HEADER": _NO_SECRET,
            "AZURE_POD_IDENTITY_AUTHORITY_HOST": addresses.plain_url,
        },
        "The Azure CLI, with a folder of its own": {
            "AZURE_CONFIG_DIR": str(trust.azure_cli),
            "AZURE_CORE_INSTANCE_DISCOVERY": "false",
            "AZURE_CORE_COLLECT_TELEMETRY": "0",
            "AZURE_CORE_DISPLAY_REGION_IDENTIFIED": "false",
            "AZURE_EXTENSION_USE_DYNAMIC_INSTALL": "no",
        },
        "Terraform's azurerm and Pulumi's azure-native": {
            "ARM_METADATA_HOSTNAME": addresses.authority_host,
            "ARM_METADATA_HOST": addresses.authority_host,
            "ARM_DISABLE_INSTANCE_DISCOVERY": "true",
            "ARM_TENANT_ID": TENANT,
            "ARM_CLIENT_ID": CLIENT,
            "ARM_CLIENT_SECRET": _NO_SECRET,
            "ARM_SUBSCRIPTION_ID": SUBSCRIPTION,
            "ARM_RESOURCE_PROVIDER_REGISTRATIONS": "none",
            "ARM_SKIP_PROVIDER_REGISTRATION": "true",
        },
        "Terraform's azapi": {
            "ARM_RESOURCE_MANAGER_ENDPOINT": url,
            "ARM_RESOURCE_MANAGER_AUDIENCE": f"{url}/",
            "ARM_ACTIVE_DIRECTORY_AUTHORITY_HOST": url,
        },
        "azure-hotpatch's own azure-native plugin": {"AZURE_HOTPATCH_EMULATOR_URL": url},
    }


def _past_the_proxy(addresses: Addresses, environ: Mapping[str, str]) -> dict[str, str]:
    """Python sends even localhost through a proxy unless NO_PROXY excludes it."""
    if not any(environ.get(name) for name in _PROXIES):
        return {}
    direct = (addresses.host, "127.0.0.1", "::1")
    before = [one for one in environ.get("no_proxy", environ.get("NO_PROXY", "")).split(",") if one]
    value = ",".join(dict.fromkeys((*before, *direct)))
    return {"no_proxy": value, "NO_PROXY": value}
