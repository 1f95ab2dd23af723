"""The statuses that Azure answers for stored types where they are not the usual 201, 200 and 204."""

from collections.abc import Mapping

# A PUT of something new is answered with 200, a DELETE with 202 and an operation to poll: the statuses that
# Microsoft's own clients take of these types, and no other (azure-mgmt-compute 39, -network 33, -hybridcompute 10).
_CREATED_WITH_200 = frozenset(
    {
        "microsoft.compute/diskaccesses",
        "microsoft.compute/diskaccesses/privateendpointconnections",
        "microsoft.compute/diskencryptionsets",
        "microsoft.hybridcompute/licenses",
        "microsoft.hybridcompute/privatelinkscopes/privateendpointconnections",
        "microsoft.network/applicationgateways/privateendpointconnections",
        "microsoft.network/cloudserviceslots",
        "microsoft.network/expressroutecrossconnections",
        "microsoft.network/firewallpolicies/signatureoverrides",
        "microsoft.network/privatelinkservices/privateendpointconnections",
    }
)
_DELETED_WITH_202 = frozenset(
    {
        "microsoft.compute/galleries/invmaccesscontrolprofiles",
        "microsoft.compute/galleries/invmaccesscontrolprofiles/versions",
        "microsoft.compute/galleries/scripts",
        "microsoft.compute/galleries/scripts/versions",
        "microsoft.hybridcompute/gateways",
        "microsoft.network/applicationsecuritygroups/addressprefixsets",
        "microsoft.network/expressroutelags",
        "microsoft.network/expressroutelags/authorizations",
        "microsoft.network/firewallpolicies/kubeselectorgroups",
        "microsoft.network/networkmanagers/commits",
        "microsoft.network/networkmanagers/ipampools",
        "microsoft.network/networkmanagers/ipampools/staticcidrs",
        "microsoft.network/networkmanagers/verifierworkspaces",
        "microsoft.network/networkmanagers/verifierworkspaces/reachabilityanalysisruns",
        "microsoft.network/networkwatchers",
        "microsoft.network/networkwatchers/connectionanalyzers",
        "microsoft.network/networkwatchers/connectionmonitors",
        "microsoft.network/networkwatchers/flowlogs",
        "microsoft.network/networkwatchers/packetcaptures",
        "microsoft.network/servicegateways",
        "microsoft.network/virtualhubs/connectionpolicies",
        "microsoft.network/virtualnetworkappliances",
        "microsoft.network/virtualnetworkappliances/capabilities",
    }
)
# Made once, and answered with 201 whenever they are sent.
_ALWAYS_201 = frozenset(
    {
        "microsoft.compute/restorepointcollections/restorepoints",
        "microsoft.network/networkwatchers/packetcaptures",
    }
)
# The Azure CLI's client of shared queries takes no other status than this; newer versions answer 201
# (azure-cli-extensions, resource-graph; azure-rest-api-specs, Microsoft.ResourceGraph/queries).
_CREATED_BY = {"microsoft.resourcegraph/queries": {"2018-09-01-preview": 200}}


def created(resource_type: str) -> int:
    """The status of a PUT that creates."""
    return 200 if _is_in(resource_type, _CREATED_WITH_200) else 201


def created_by(resource_type: str) -> Mapping[str, int]:
    """The same for api-versions that have a status of their own."""
    return _CREATED_BY.get(resource_type.lower(), {})


def replaced(resource_type: str) -> int:
    """The status of a PUT over what is there."""
    return 201 if _is_in(resource_type, _ALWAYS_201) else 200


def delete_polls(resource_type: str) -> int | None:
    """How often a DELETE is asked about; None where it is done when it is answered."""
    return 0 if _is_in(resource_type, _DELETED_WITH_202) else None


def _is_in(resource_type: str, types: frozenset[str]) -> bool:
    return resource_type.lower() in types
