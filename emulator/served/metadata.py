"""The metadata document: the endpoints of this cloud's Resource Manager and log-in, for clients."""

from typing import Any

NAME = "AzureEmulator"


def document(base: str) -> dict[str, Any]:
    """The answer of `/metadata/endpoints` (api-version 2022-09-01); `base` is the server's address without a slash."""
    host = base.split("://", 1)[1].split(":")[0]
    return {
        "name": NAME,
        "resourceManager": f"{base}/",
        "authentication": {
            # HashiCorp's clients append "/{tenant}/oauth2/v2.0/token".
            "loginEndpoint": base,
            "audiences": [f"{base}/", "https://management.azure.com/"],
            "tenant": "common",
            "identityProvider": "AAD",
        },
        "portal": f"{base}/portal",
        "graphAudience": f"{base}/graph/",
        "graph": f"{base}/graph/",
        "microsoftGraphResourceId": f"{base}/graph/",
        "gallery": f"{base}/gallery/",
        "media": f"{base}/media/",
        "batch": f"{base}/batch/",
        "sqlManagement": f"{base}/sql/",
        "activeDirectoryDataLake": f"{base}/datalake/",
        "vmImageAliasDoc": f"{base}/metadata/aliases.json",
        "suffixes": {
            "storage": f"storage.{host}",
            "keyVaultDns": f"vault.{host}",
            "acrLoginServer": f"registry.{host}",
            "sqlServerHostname": f"database.{host}",
        },
    }
