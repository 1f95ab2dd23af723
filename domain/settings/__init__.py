"""What a stack config may say, as one typed value: `parse_settings` reads it, or reports all that is wrong with it."""

from azure_hotpatch.domain.settings.azure_local import AzureLocalGroup, GroupPolicy, SConfig, ThirdParty
from azure_hotpatch.domain.settings.budget import RestartBudget
from azure_hotpatch.domain.settings.error import FindPlace, Place, SettingsError
from azure_hotpatch.domain.settings.images import ImageSettings
from azure_hotpatch.domain.settings.machine import (
    DataDisk,
    HealthProbe,
    MachineDataDisk,
    MachineGroup,
    OsDisk,
    ScaleSetGroup,
)
from azure_hotpatch.domain.settings.maintenance import DynamicScope, MaintenanceSettings, Schedule
from azure_hotpatch.domain.settings.management import Extension, RoleAssignment
from azure_hotpatch.domain.settings.naming import Naming
from azure_hotpatch.domain.settings.network import NetworkSettings, RegionNetwork, SecurityRule
from azure_hotpatch.domain.settings.parse import PASSWORD, SECRETS, parse_settings
from azure_hotpatch.domain.settings.stack import RESOURCE_GROUP, Fleet, StackSettings
from azure_hotpatch.domain.vocabulary.problem import Problem

__all__ = [
    "PASSWORD",
    "RESOURCE_GROUP",
    "SECRETS",
    "AzureLocalGroup",
    "DataDisk",
    "DynamicScope",
    "Extension",
    "FindPlace",
    "Fleet",
    "GroupPolicy",
    "HealthProbe",
    "ImageSettings",
    "MachineDataDisk",
    "MachineGroup",
    "MaintenanceSettings",
    "Naming",
    "NetworkSettings",
    "OsDisk",
    "Place",
    "Problem",
    "RegionNetwork",
    "RestartBudget",
    "RoleAssignment",
    "SConfig",
    "ScaleSetGroup",
    "Schedule",
    "SecurityRule",
    "SettingsError",
    "StackSettings",
    "ThirdParty",
    "parse_settings",
]
