"""The ARM types that are checked, and the kind of record of each."""

from typing import NamedTuple

from azure_hotpatch.domain.judging.record import Kind


class JudgedType(NamedTuple):
    """A judged ARM type: its record's kind, where the machine's profile is, and what azure-native calls its name."""

    arm_type: str
    kind: Kind
    prefix: str = ""
    named_by: str = "resourceName"


VIRTUAL_MACHINE = JudgedType("Microsoft.Compute/virtualMachines", Kind.VIRTUAL_MACHINE, named_by="vmName")
SCALE_SET = JudgedType(
    "Microsoft.Compute/virtualMachineScaleSets", Kind.SCALE_SET, "virtualMachineProfile.", "vmScaleSetName"
)
SCALE_SET_EXTENSION = JudgedType(
    "Microsoft.Compute/virtualMachineScaleSets/extensions", Kind.SCALE_SET_EXTENSION, named_by="vmssExtensionName"
)
# Only a Uniform set has instances of this type; those of a Flexible one are virtual machines.
SCALE_SET_INSTANCE = JudgedType(
    "Microsoft.Compute/virtualMachineScaleSets/virtualMachines", Kind.SCALE_SET_INSTANCE, named_by="instanceId"
)
# A Compute Fleet makes machines from one profile, which is where a scale set's would be.
FLEET = JudgedType(
    "Microsoft.AzureFleet/fleets", Kind.VIRTUAL_MACHINE, "computeProfile.baseVirtualMachineProfile.", "fleetName"
)
# Bulk actions launch machines from one profile too.
BULK_ACTION = JudgedType(
    "Microsoft.ComputeBulkActions/locations/launchBulkInstancesOperations",
    Kind.VIRTUAL_MACHINE,
    "computeProfile.virtualMachineProfile.",
    "name",
)
DEVTEST_MACHINE = JudgedType("Microsoft.DevTestLab/labs/virtualMachines", Kind.VIRTUAL_MACHINE, named_by="name")
MAINTENANCE_CONFIGURATION = JudgedType(
    "Microsoft.Maintenance/maintenanceConfigurations", Kind.MAINTENANCE_CONFIGURATION, named_by="resourceName"
)
MAINTENANCE_ASSIGNMENT = JudgedType(
    "Microsoft.Maintenance/configurationAssignments",
    Kind.MAINTENANCE_ASSIGNMENT,
    named_by="configurationAssignmentName",
)
POLICY_ASSIGNMENT = JudgedType(
    "Microsoft.Authorization/policyAssignments", Kind.POLICY_ASSIGNMENT, named_by="policyAssignmentName"
)
POLICY_SET = JudgedType(
    "Microsoft.Authorization/policySetDefinitions", Kind.POLICY_SET, named_by="policySetDefinitionName"
)
# What runs in a machine, or beside it, and may undo the machine's settings.
SCRIPTS = tuple(
    JudgedType(type_, Kind.SCRIPT, named_by="name")
    for type_ in (
        "Microsoft.Compute/virtualMachines/extensions",
        "Microsoft.Compute/virtualMachines/runCommands",
        "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/extensions",
        "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommands",
        "Microsoft.Resources/deploymentScripts",
    )
)
MACHINE_EXTENSION, RUN_COMMAND, INSTANCE_EXTENSION, INSTANCE_RUN_COMMAND, DEPLOYMENT_SCRIPT = SCRIPTS
COMMAND = JudgedType("", Kind.SCRIPT)
IMAGE = JudgedType("Microsoft.Compute/images", Kind.IMAGE, named_by="imageName")
GALLERY_IMAGE = JudgedType("Microsoft.Compute/galleries/images", Kind.IMAGE, named_by="galleryImageName")
DEPLOYMENT = "microsoft.resources/deployments"
DEPLOYMENT_STACK = "microsoft.resources/deploymentstacks"
TEMPLATE_SPEC_VERSION = "microsoft.resources/templatespecs/versions"
APPLICATION = "microsoft.solutions/applications"
APPLICATION_DEFINITION = "microsoft.solutions/applicationdefinitions"
BLUEPRINT_ARTIFACT = "microsoft.blueprint/blueprints/artifacts"
BLUEPRINT_ASSIGNMENT = "microsoft.blueprint/blueprintassignments"

_SHAPES = (
    VIRTUAL_MACHINE,
    SCALE_SET,
    SCALE_SET_EXTENSION,
    SCALE_SET_INSTANCE,
    FLEET,
    BULK_ACTION,
    DEVTEST_MACHINE,
    MAINTENANCE_CONFIGURATION,
    MAINTENANCE_ASSIGNMENT,
    POLICY_ASSIGNMENT,
    POLICY_SET,
    *SCRIPTS,
    IMAGE,
    GALLERY_IMAGE,
)
SHAPES = {shape.arm_type.lower(): shape for shape in _SHAPES}
TEMPLATES = frozenset({DEPLOYMENT, DEPLOYMENT_STACK, TEMPLATE_SPEC_VERSION})
TEMPLATES |= {APPLICATION, APPLICATION_DEFINITION, BLUEPRINT_ARTIFACT, BLUEPRINT_ASSIGNMENT}
# Namespaces that hold a judged type; a resource of any other is skipped, even if the rest is unknown.
NAMESPACES = frozenset(name.partition("/")[0] for name in (*SHAPES, *TEMPLATES))
