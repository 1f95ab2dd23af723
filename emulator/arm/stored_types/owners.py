"""What Azure has without anyone's having made it: the owners of stored resources that are taken as they are named."""

from azure_hotpatch.emulator.arm.protocol.paths import ResourcePath

# Management groups and billing accounts come with a tenant and a contract; the emulator has no list of them.
_NAMESPACES = frozenset({"microsoft.management", "microsoft.billing"})
# Owners that have no PUT of their own in Azure's REST specifications (azure-rest-api-specs).
_TYPES = frozenset(
    {
        "microsoft.addons/supportproviders",
        "microsoft.advisor/recommendations",
        "microsoft.features/featureproviders",
        "microsoft.hybridcontainerservice/provisionedclusterinstances",
        "microsoft.marketplace/privatestores",
        "microsoft.network/expressroutecrossconnections",
        "microsoft.security/sqlvulnerabilityassessments",
        "microsoft.securityinsights/threatintelligence",
    }
)


def is_given(path: ResourcePath) -> bool:
    """Whether a resource is there in Azure though no request has made it; every region of a provider is."""
    if path.namespace.lower() in _NAMESPACES:
        return True
    return path.type.lower() in _TYPES or path.types[-1].lower() == "locations"
