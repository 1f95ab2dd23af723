"""Machines that run, foreseen: who patches them, and whether they are on the hotpatch track."""

from datetime import date

import pytest

from azure_hotpatch.domain.azure.calendar import CALENDAR
from azure_hotpatch.domain.restarts import Patcher, count
from azure_hotpatch.operations.foresee.live import fleet, off_track_until, patched
from azure_hotpatch.operations.machine import ImageName, Machine, MachineType, PatchSettings

NOVEMBER_2025 = date(2025, 11, 20)
HOTPATCH = PatchSettings(patch_mode="AutomaticByPlatform", enable_hotpatching=True)


def machine(os_version="10.0.26100.7092", settings=HOTPATCH, **more):
    image = more.pop("image", ImageName("MicrosoftWindowsServer", "WindowsServer", "2025-datacenter-azure-edition"))
    place = {"id": "/vm", "type": MachineType.VIRTUAL_MACHINE, "resource_group": "fleet", "subscription": "s"}
    return Machine(
        **place, name="web", location="westeurope", image=image, os_version=os_version, settings=settings, **more
    )


@pytest.mark.parametrize(
    ("os_version", "until"),
    [
        ("10.0.26100.7092", None),  # November's hotpatch
        ("10.0.26100.6899", None),  # October's baseline
        ("10.0.26100.7171", date(2026, 1, 13)),  # November's cumulative update
        ("10.0.26100.6901", date(2026, 1, 13)),  # an out-of-band update with a restart
        ("10.0.26100.6584", date(2026, 1, 13)),  # behind the baseline
        ("10.0.26100.6905", None),  # a hotpatch and an update with a restart have this build: nobody can know
        (None, None),
    ],
)
def test_a_build_says_whether_a_machine_is_on_the_track(os_version, until):
    assert off_track_until(machine(os_version), "2025", CALENDAR, NOVEMBER_2025) == until


def test_a_machine_off_the_track_restarts_each_month_until_the_baseline():
    off = patched(machine("10.0.26100.7171"), CALENDAR, NOVEMBER_2025)
    on = patched(machine(), CALENDAR, NOVEMBER_2025)
    assert count(off, NOVEMBER_2025).planned == count(on, NOVEMBER_2025).planned + 1


@pytest.mark.parametrize(
    ("settings", "schedules", "patcher"),
    [
        (HOTPATCH, (), Patcher.AZURE),
        (HOTPATCH, ("/schedule",), Patcher.NOBODY),  # hotpatch excludes a schedule
        (PatchSettings("AutomaticByPlatform", bypass_platform_safety_checks=True), ("/schedule",), Patcher.SCHEDULE),
        (PatchSettings("AutomaticByPlatform", bypass_platform_safety_checks=True), (), Patcher.NOBODY),
        (PatchSettings("AutomaticByOS"), (), Patcher.GUEST),
        (PatchSettings("Manual"), (), Patcher.PERSON),
    ],
)
def test_settings_and_schedules_say_who_patches(settings, schedules, patcher):
    assert patched(machine(settings=settings, schedules=schedules), CALENDAR, NOVEMBER_2025).patcher is patcher


def test_absent_is_not_hotpatch():
    assert not patched(machine(settings=PatchSettings("AutomaticByPlatform")), CALENDAR, NOVEMBER_2025).hotpatch


def test_what_is_no_windows_server_of_ours_is_named():
    linux = machine(None, image=ImageName("Canonical", "ubuntu", "server"))
    known, others = fleet([linux, machine()], CALENDAR, NOVEMBER_2025)
    assert (len(known), others) == (1, ["web"])
