"""Facts about bodies that neither the SDK nor the azure-mgmt packages tell, each with its source."""

# Changes that replace the resource: the provider's own list beside the specs' x-ms-mutability
# (pulumi-azure-native, provider/pkg/gen/replacement.go).
FORCE_NEW: dict[str, set[str]] = {
    "authorization:RoleAssignment": {"principalId"},
    "network:PublicIPAddress": {"location", "publicIPAddressVersion", "publicIPPrefix", "sku"},
    "network:VirtualNetwork": {"location"},
    "resources:ResourceGroup": {"location"},
    "storage:StorageAccount": {"isHnsEnabled", "location"},
}

# Below the resource itself, containers that the SDK leaves out of the modules without a package
# (azure-rest-api-specs, hybridcompute 2024-07-10: x-ms-client-flatten), and a member that only has the name of one that
# stands beside "properties" (operationalinsights: the tags of a saved search are a list).
CONTAINERS: dict[str, dict[str, str]] = {
    "operationalinsights:SavedSearch": {"tags": "properties"},
    "hybridcompute:OSProfileWindowsConfiguration": {
        "assessmentMode": "patchSettings",
        "enableHotpatching": "patchSettings",
        "patchMode": "patchSettings",
        "status": "patchSettings",
    },
    "hybridcompute:OSProfileLinuxConfiguration": {
        "assessmentMode": "patchSettings",
        "enableHotpatching": "patchSettings",
        "patchMode": "patchSettings",
        "status": "patchSettings",
    },
    "hybridcompute:LicenseProfile": {
        "assignedLicense": "properties.esuProfile",
        "assignedLicenseImmutableId": "properties.esuProfile",
        "esuEligibility": "properties.esuProfile",
        "esuKeyState": "properties.esuProfile",
        "esuKeys": "properties.esuProfile",
        "serverType": "properties.esuProfile",
        "billingEndDate": "properties.productProfile",
        "billingStartDate": "properties.productProfile",
        "disenrollmentDate": "properties.productProfile",
        "enrollmentDate": "properties.productProfile",
        "error": "properties.productProfile",
        "productFeatures": "properties.productProfile",
        "productType": "properties.productProfile",
        "subscriptionStatus": "properties.productProfile",
        "softwareAssuranceCustomer": "properties.softwareAssurance",
    },
}

# Inputs that are a query parameter of the request, not a part of its body.
QUERY: dict[str, set[str]] = {"hybridcompute:Machine": {"expand"}, "storage:FileShare": {"expand"}}

# What ARM keeps beside "properties", whatever the resource.
ENVELOPE = frozenset(
    {
        "etag",
        "extendedLocation",
        "id",
        "identity",
        "kind",
        "location",
        "managedBy",
        "managedByExtended",
        "name",
        "placement",
        "plan",
        "resources",
        "sku",
        "systemData",
        "tags",
        "type",
        "zones",
    }
)

# Answers whose values are secret. The real provider leaves this to the program; here nothing secret is ever plain.
SECRET: dict[str, set[str]] = {"storage:listStorageAccountKeys": {"keys"}}
