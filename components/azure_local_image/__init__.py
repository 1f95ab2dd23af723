"""A marketplace image on an Azure Local instance: AzureLocalImage."""
