"""The arguments of a `HotpatchScaleSet`, and its spec: the same with the defaults filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict

import pulumi

from azure_hotpatch.components.shared.profile_args import ProfileArgs, ProfileSpec
from azure_hotpatch.domain.azure import defaults
from azure_hotpatch.domain.azure.machines import ZoneName
from azure_hotpatch.domain.azure.scale_sets import HealthProtocol


class HealthProbeArgs(TypedDict):
    """How the application health extension probes an instance: patches wait until it reports healthy."""

    protocol: NotRequired[pulumi.Input[HealthProtocol]]
    """Optional. The protocol: tcp, http or https. Default tcp."""
    port: NotRequired[pulumi.Input[int]]
    """Optional. The port. Default 3389, on which Windows listens for Remote Desktop."""
    request_path: NotRequired[pulumi.Input[str]]
    """Conditional. The request path; with http and https only."""


class ScaleSetExtensionArgs(TypedDict):
    """An extension of every instance. A change reaches an instance when it is upgraded to the set's latest model."""

    name: pulumi.Input[str]
    """Required. Its name; the health extension is called health."""
    publisher: pulumi.Input[str]
    """Required. Who publishes it: Microsoft.Azure.Monitor."""
    type: pulumi.Input[str]
    """Required. What it is: AzureMonitorWindowsAgent."""
    version: pulumi.Input[str]
    """Required. Its version, major.minor."""
    automatic_upgrade: NotRequired[pulumi.Input[bool]]
    """Optional. Whether Azure upgrades it to later versions by itself. Default false."""
    settings: NotRequired[pulumi.Input[Mapping[str, pulumi.Input[Any]]]]
    """Optional. Its settings, which anybody can read who can read the set. Default none."""
    protected_settings: NotRequired[pulumi.Input[Mapping[str, pulumi.Input[Any]]]]
    """Optional. Its protected settings, which Azure never shows; always kept as a secret. Default none."""


class HotpatchScaleSetArgs(ProfileArgs):
    """The arguments of a HotpatchScaleSet. The orchestration is always Flexible: no other can be hotpatched."""

    subnet_id: pulumi.Input[str]
    """Required. The id of the subnet, which must have outbound access: instances get no public address."""
    instances: NotRequired[pulumi.Input[int]]
    """Optional. The number of instances. Default 2."""
    zones: NotRequired[pulumi.Input[Sequence[pulumi.Input[ZoneName]]]]
    """Optional. The availability zones that instances are spread over; then the fault domain count is 1."""
    fault_domain_count: NotRequired[pulumi.Input[int]]
    """Optional. 1 spreads as far as possible, 2 and 3 are regional. Default 1."""
    computer_name_prefix: NotRequired[pulumi.Input[str]]
    """Optional. The prefix of the computer names, at most 9 characters. Default: derived from the component's name."""
    scale_set_name: NotRequired[pulumi.Input[str]]
    """Optional. The set's name in Azure. Default the component's name and a random suffix."""
    health: NotRequired[HealthProbeArgs]
    """Optional. How an instance's health is probed. Default a connection to port 3389."""
    extensions: NotRequired[Sequence[ScaleSetExtensionArgs]]
    """Optional. Extensions of every instance, besides the health extension. Default none."""
    load_balancer: NotRequired[bool]
    """Optional. Whether an internal load balancer is put in front, on the port of `health`. Default false."""
    load_balancer_name: NotRequired[pulumi.Input[str]]
    """Optional. The load balancer's name in Azure. Default the component's name and a random suffix."""
    load_balancer_backend_pool_ids: NotRequired[Sequence[pulumi.Input[str]]]
    """Optional. The ids of backend pools of load balancers that exist. Default none."""
    user_assigned_identity_ids: NotRequired[Sequence[pulumi.Input[str]]]
    """Optional. The ids of user-assigned identities; a Flexible set has no other. Default none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthProbeSpec:
    """How an instance's health is probed, with the defaults filled in."""

    protocol: pulumi.Input[HealthProtocol] = defaults.HEALTH_PROTOCOL
    port: pulumi.Input[int] = defaults.HEALTH_PORT
    request_path: pulumi.Input[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleSetExtensionSpec:
    """An extension of every instance, with the defaults filled in; None where nothing is said."""

    name: pulumi.Input[str]
    publisher: pulumi.Input[str]
    type: pulumi.Input[str]
    version: pulumi.Input[str]
    automatic_upgrade: pulumi.Input[bool] = False
    settings: pulumi.Input[Mapping[str, pulumi.Input[Any]]] | None = None
    protected_settings: pulumi.Input[Mapping[str, pulumi.Input[Any]]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleSetSpec(ProfileSpec):
    """The arguments of a HotpatchScaleSet with the defaults filled in; None where there is no value.

    Its patching mode is the default of every profile, and no argument changes it.
    """

    subnet_id: pulumi.Input[str]
    computer_name_prefix: pulumi.Input[str]
    health: HealthProbeSpec = HealthProbeSpec()
    extensions: Sequence[ScaleSetExtensionSpec] = ()
    instances: pulumi.Input[int] = defaults.INSTANCES
    zones: pulumi.Input[Sequence[pulumi.Input[ZoneName]]] | None = None
    fault_domain_count: pulumi.Input[int] = defaults.FAULT_DOMAIN_COUNT
    scale_set_name: pulumi.Input[str] | None = None
    load_balancer: bool = False
    load_balancer_name: pulumi.Input[str] | None = None
    load_balancer_backend_pool_ids: Sequence[pulumi.Input[str]] = ()
