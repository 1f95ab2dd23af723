"""A resource group with a storage account whose key is exported, as in Pulumi's first Azure program."""

import pulumi
from pulumi_azure_native import resources, storage

group = resources.ResourceGroup("resource_group")
account = storage.StorageAccount(
    "sa",
    resource_group_name=group.name,
    kind=storage.Kind.STORAGE_V2,
    sku={"name": storage.SkuName.STANDARD_LRS},
)
keys = storage.list_storage_account_keys_output(resource_group_name=group.name, account_name=account.name)

pulumi.export("primary_storage_key", keys.keys[0].value)
pulumi.export("blob_endpoint", account.primary_endpoints.blob)
