"""A machine on Azure Local: AzureLocalVirtualMachine."""
