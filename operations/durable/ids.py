"""The ids of workflows: a wave's is its plan's id, and a machine's begins with it."""

from azure_hotpatch.operations.install.plan import PlannedMachine

WAVES, INSTALLS = "waves", "installs"  # queues
WAVE, MACHINE = "wave", "machine"  # workflows
CLASS, INSTANCE = "Waves", "waves"


def machine_id(wave: str, machine: PlannedMachine) -> str:
    return f"{wave}/{machine.subscription}/{machine.group}/{machine.name}".lower()


def wave_of(workflow: str) -> str:
    """The wave of a machine's workflow."""
    return workflow.partition("/")[0]


def below(wave: str) -> str:
    """The prefix of the ids of a wave's machines."""
    return f"{wave}/"
