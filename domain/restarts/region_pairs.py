"""Which regions Azure never patches at the same time: the two of a pair."""

# "Azure cross-region replication pairings"; "Automatic VM Guest Patching": geo-paired regions are never patched
# concurrently, nor in the same phase.
_PAIRS = """
eastus westus|eastus2 centralus|northcentralus southcentralus|westus2 westcentralus|canadacentral canadaeast
northeurope westeurope|francecentral francesouth|germanywestcentral germanynorth|norwayeast norwaywest
swedencentral swedensouth|switzerlandnorth switzerlandwest|uksouth ukwest|uaenorth uaecentral
southafricanorth southafricawest|eastasia southeastasia|japaneast japanwest|koreacentral koreasouth
southindia centralindia|australiaeast australiasoutheast|australiacentral australiacentral2
"""
PAIRS = frozenset(frozenset(pair.split()) for line in _PAIRS.strip().splitlines() for pair in line.split("|"))


def are_paired(first: str, second: str) -> bool:
    """Whether two regions are a pair."""
    return frozenset((first, second)) in PAIRS
