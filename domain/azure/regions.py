"""Azure's regions by their short names: those that are known, so that a misspelled one can be pointed out.

Regions are added several times a year, so an unknown name is only a warning.
"""

import re
from datetime import date

from azure_hotpatch.domain.azure.nearest import did_you_mean, nearest

# Source: "Azure regions list" (learn.microsoft.com/azure/reliability/regions-list); then the regions of Azure
# Government and Azure China, which have lists of their own, and the two for early updates.
REGIONS_READ = date(2026, 11, 29)
_TABLE = """
australiacentral australiacentral2 australiaeast australiasoutheast austriaeast belgiumcentral brazilsouth
brazilsoutheast canadacentral canadaeast centralindia centralus chilecentral denmarkeast eastasia eastus eastus2
francecentral francesouth germanynorth germanywestcentral indonesiacentral israelcentral italynorth japaneast
japanwest jioindiacentral jioindiawest koreacentral koreasouth malaysiawest mexicocentral newzealandnorth
northcentralus northeurope norwayeast norwaywest polandcentral qatarcentral southafricanorth southafricawest
southcentralus southeastasia southindia spaincentral swedencentral swedensouth switzerlandnorth switzerlandwest
uaecentral uaenorth uksouth ukwest westcentralus westeurope westindia westus westus2 westus3 usgovarizona usgovtexas
usgovvirginia usdodcentral usdodeast chinaeast chinaeast2 chinaeast3 chinanorth chinanorth2 chinanorth3
centraluseuap eastus2euap
"""
REGIONS: tuple[str, ...] = tuple(_TABLE.split())
_NAME = re.compile(r"[a-z][a-z0-9]{2,30}")
REGION_PATTERN = f"^{_NAME.pattern}$"


def why_not_region(name: str) -> str | None:
    """Say why `name` cannot be the short name of a region, or None if it can."""
    return None if _NAME.fullmatch(name) else f"{name!r} is not the short name of a region, such as westeurope"


def nearest_region(name: str) -> str:
    """The region whose name is most like `name`; its display name ("West Europe") counts as its name."""
    return nearest(re.sub(r"[^a-z0-9]", "", name.lower()), REGIONS)


def why_unknown_region(name: str) -> str | None:
    """Say that a region is not known here, or None if it is; Azure may have it all the same."""
    if name.replace(" ", "").lower() in REGIONS:
        return None
    return f"region {name!r} was not known on {REGIONS_READ}{did_you_mean(nearest_region(name))}"
