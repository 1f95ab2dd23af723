"""The kubeconfig files by which programs reach a cluster of Azure Kubernetes Service; they open nothing."""

import base64
import json

from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Action
from azure_hotpatch.emulator.arm.protocol.bodies import Json, read
from azure_hotpatch.emulator.arm.stored_types.derived_keys import key

# Action -> the name of its file, and of the user within (Managed Clusters: List Cluster … Credentials, 2024-09-01).
_CREDENTIALS = {
    "listClusterAdminCredential": ("clusterAdmin", "clusterAdmin"),
    "listClusterMonitoringUserCredential": ("clusterMonitoringUser", "clusterMonitoringUser"),
    "listClusterUserCredential": ("clusterUser", "clusterUser"),
}


def _file(act: Act, user: str) -> str:
    """A kubeconfig in JSON, which every reader of YAML reads, in base64 as Azure answers it."""
    cluster = act.resource.name
    owner = f"{user}_{act.resource.id.split('/')[4]}_{cluster}"
    host = read(act.resource.body, "properties.fqdn") or f"{cluster}.azmk8s.io"
    authority = key(act.resource.id, "certificate-authority")
    config: Json = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [
            {"name": cluster, "cluster": {"server": f"https://{host}:443", "certificate-authority-data": authority}}
        ],
        "contexts": [{"name": cluster, "context": {"cluster": cluster, "user": owner}}],
        "current-context": cluster,
        "users": [{"name": owner, "user": {"token": key(act.resource.id, user)}}],
        "preferences": {},
    }
    return base64.b64encode(json.dumps(config).encode()).decode()


def _credentials(name: str, user: str) -> Action:
    return Action(lambda act: {"kubeconfigs": [{"name": name, "value": _file(act, user)}]})


ACTIONS = {action: _credentials(*named) for action, named in _CREDENTIALS.items()}
