"""The connection to Azure: its endpoint, the identity, and how many connections are open at once."""

import logging
import os
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from azure.core.credentials import TokenCredential

if TYPE_CHECKING:  # it takes seconds to import, and Resource Graph is asked without it
    from azure.mgmt.compute import ComputeManagementClient

Client = TypeVar("Client")

# What azapi calls them; Azure's public cloud where they are not set.
ENDPOINT, AUDIENCE = "ARM_RESOURCE_MANAGER_ENDPOINT", "ARM_RESOURCE_MANAGER_AUDIENCE"
# As many as the pool of the client's transport holds.
CONNECTIONS = 10
# Reads are repeated, for about ten seconds; what changes a machine is not (see compute.begin_install).
_OPTIONS: dict[str, Any] = {
    "user_agent": "azure-hotpatch",
    "connection_timeout": 10,
    "read_timeout": 60,
    "retry_total": 4,
}


class Connection:
    """The clients of Azure for one identity. They are made when they are asked for, one a subscription."""

    def __init__(self, environ: Mapping[str, str] = os.environ, **more: Any) -> None:
        """`more` goes to each client: a test gives an authentication policy that permits http."""
        self._endpoint = environ.get(ENDPOINT, "").rstrip("/")
        self._audience = environ.get(AUDIENCE) or f"{self._endpoint}/"
        self._more = more
        self._clients: dict[str, ComputeManagementClient] = {}

    @cached_property
    def credential(self) -> TokenCredential:
        from azure.identity import DefaultAzureCredential

        # What it tries and does not find it tells as warnings; without a handler Python prints them.
        logging.getLogger("azure").addHandler(logging.NullHandler())
        # Nothing is asked of a browser: a worker has nobody before it.
        return DefaultAzureCredential(exclude_interactive_browser_credential=True)

    @property
    def endpoint(self) -> str:
        return self._endpoint or "https://management.azure.com"

    def compute(self, subscription: str) -> "ComputeManagementClient":
        if subscription not in self._clients:
            from azure.mgmt.compute import ComputeManagementClient

            self._clients[subscription] = self.open(ComputeManagementClient, subscription)
        return self._clients[subscription]

    def open(self, kind: Callable[..., Client], *arguments: Any, **more: Any) -> Client:
        """A client of any kind, which the caller closes; `more` goes before what all clients have."""
        options = dict(_OPTIONS)
        if self._endpoint:
            options |= {"base_url": self._endpoint, "credential_scopes": [f"{self._audience}/.default"]}
        options |= {**self._more, **more}
        return kind(options.pop("credential", None) or self.credential, *arguments, **options)

    def close(self) -> None:
        for client in self._clients.values():
            client.close()
