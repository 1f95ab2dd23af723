"""Machines and images on Azure Local: AzureLocalVirtualMachine, AzureLocalImage."""
