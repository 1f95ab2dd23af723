"""HP001: publisher, offer and SKU name an image that can be hotpatched and that the stack accepts."""

from datetime import date
from typing import Any

import pytest

from azure_hotpatch.domain.azure.images import (
    DEFAULT_CATALOGUE,
    HOTPATCH_IMAGES,
    OFFER,
    PUBLISHER,
    WHOLE_CATALOGUE,
    Image,
    why_not_hotpatchable,
)
from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.record import UNKNOWN
from azure_hotpatch.domain.judging.rule import Context, MachineScope

REFERENCE = "storageProfile.imageReference"
PLATFORM = (
    "/Subscriptions/0/Providers/Microsoft.Compute/Locations/westeurope/Publishers/{}/ArtifactTypes/VMImage"
    "/Offers/{}/Skus/{}/Versions/20348.4648.260113"
)


def _image(publisher: Any = PUBLISHER, offer: Any = OFFER, sku: Any = "2022-datacenter-azure-edition-core") -> Any:
    return {REFERENCE: {"publisher": publisher, "offer": offer, "sku": sku}}


@pytest.mark.parametrize("image", HOTPATCH_IMAGES["2022"], ids=str)
def test_accepts_the_four_images_of_the_article(image: Image, vm: Any, ask: Any) -> None:
    assert ask("HP001", vm(_image(image.publisher, image.offer, image.sku))) == []


@pytest.mark.parametrize("image", HOTPATCH_IMAGES["2025"], ids=str)
def test_accepts_the_2025_images_only_where_the_stack_does(image: Image, vm: Any, ask: Any) -> None:
    record = vm(_image(image.publisher, image.offer, image.sku))
    both = Context(today=date(2026, 3, 2), catalogue=WHOLE_CATALOGUE)
    assert ask("HP001", record, context=both) == []
    (finding,) = ask("HP001", record)
    assert "this stack does not accept it" in finding.message


@pytest.mark.parametrize(
    ("image", "part", "reason"),
    [
        (_image("Canonical", "0001-com-ubuntu-server-jammy", "22_04-lts"), "publisher", "'Canonical' is not"),
        (_image("MicrosoftSQLServer", "sql2022-ws2022", "standard"), "publisher", "'MicrosoftSQLServer' is not"),
        (_image(offer="WindowsServerHotpatch-previews"), "offer", "was a preview"),
        (_image(offer="MicrosoftServerOperatingSystems-previews"), "offer", "was a preview"),
        (_image(offer="WindowsServerSemiAnnual"), "offer", "is not 'WindowsServer'"),
        (_image(sku="2022-Datacenter-Azure-Edition"), "sku", "looks hotpatchable and is not"),
        (_image(sku="2022-datacenter-azure-edition-smalldisk"), "sku", "Azure-Edition-Hotpatch-smalldisk"),
        (_image(sku="2022-datacenter-core-with-containers"), "sku", "host containers"),
        (_image(sku="2022-datacenter-azure-edition-cor"), "sku", "the nearest that is: '2022-Datacenter-Azure-Edi"),
        (_image(sku="2019-Datacenter"), "sku", "is not hotpatchable"),
        (_image(sku="2022-datacenter-azure-edition-core "), "sku", "is not hotpatchable"),
        (_image(publisher=None), "publisher", "publisher of the image is absent"),
        (_image(sku=None), "sku", "sku of the image is absent"),
        (_image(sku=2022), "sku", "sku of the image is absent"),
    ],
)
def test_refuses_any_other_image(image: Any, part: str, reason: str, vm: Any, ask: Any) -> None:
    (finding,) = ask("HP001", vm(image | {"storageProfile.osDisk.osType": "Windows"}))
    assert (finding.verdict, finding.path) == (Verdict.VIOLATION, f"{REFERENCE}.{part}")
    assert reason in finding.message


def test_reads_the_id_of_a_marketplace_image(vm: Any, ask: Any) -> None:
    good = PLATFORM.format(PUBLISHER, OFFER, "2022-datacenter-azure-edition-core")
    assert ask("HP001", vm({REFERENCE: {"id": good}})) == []
    (finding,) = ask("HP001", vm({REFERENCE: {"id": PLATFORM.format(PUBLISHER, OFFER, "2019-Datacenter")}}))
    assert finding.path == f"{REFERENCE}.id"


def test_leaves_a_custom_image_to_hp002_and_a_disk_to_hp010(vm: Any, ask: Any, absent: Any) -> None:
    assert ask("HP001", vm({REFERENCE: {"id": "/…/providers/Microsoft.Compute/images/golden"}})) == []
    assert ask("HP001", vm({REFERENCE: absent, "storageProfile.osDisk.createOption": "attach"})) == []


def test_refuses_a_machine_without_an_image(vm: Any, ask: Any, absent: Any) -> None:
    (finding,) = ask("HP001", vm({REFERENCE: absent}))
    assert (finding.verdict, finding.found) == (Verdict.VIOLATION, "absent")


def test_a_wrong_sku_is_wrong_whoever_publishes_it(vm: Any, ask: Any) -> None:
    (finding,) = ask("HP001", vm(_image(publisher=UNKNOWN, sku="2019-Datacenter")))
    assert (finding.verdict, finding.path) == (Verdict.VIOLATION, f"{REFERENCE}.sku")


def test_each_unknown_part_is_reported(vm: Any, ask: Any) -> None:
    findings = ask("HP001", vm(_image(publisher=UNKNOWN, sku=UNKNOWN)))
    assert [(finding.path, finding.verdict) for finding in findings] == [
        (f"{REFERENCE}.publisher", Verdict.UNVERIFIABLE),
        (f"{REFERENCE}.sku", Verdict.UNVERIFIABLE),
    ]


def test_an_unknown_id_is_not_taken_for_a_missing_image(vm: Any, ask: Any) -> None:
    (finding,) = ask("HP001", vm({REFERENCE: {"id": UNKNOWN}}))
    assert (finding.path, finding.verdict) == (f"{REFERENCE}.id", Verdict.UNVERIFIABLE)


def test_judges_the_profile_of_a_scale_set(scale_set: Any, ask: Any) -> None:
    (finding,) = ask("HP001", scale_set({f"virtualMachineProfile.{REFERENCE}.sku": "2019-Datacenter"}))
    assert finding.path == f"virtualMachineProfile.{REFERENCE}.sku"


def test_linux_is_judged_only_in_scope_all(vm: Any, ask: Any) -> None:
    linux = {
        **_image("Canonical", "ubuntu-24_04-lts", "server"),
        "osProfile": {"linuxConfiguration": {}},
        "storageProfile.osDisk.osType": "Linux",
    }
    assert ask("HP001", vm(linux)) == []
    every = Context(today=date(2026, 3, 2), scope=MachineScope.ALL)
    assert len(ask("HP001", vm(linux), context=every)) == 1


def test_a_windows_machine_does_not_become_linux_by_a_stray_word(vm: Any, ask: Any) -> None:
    record = vm({**_image(sku="2019-Datacenter"), "osProfile.linuxConfiguration": {}})
    assert len(ask("HP001", record)) == 1


def test_the_domain_and_the_rule_give_one_reason(vm: Any, ask: Any) -> None:
    image = Image(PUBLISHER, OFFER, "2022-datacenter-azure-edition")
    (finding,) = ask("HP001", vm(_image(sku=image.sku)))
    assert finding.message == why_not_hotpatchable(image)


def test_a_stack_may_accept_fewer_images(vm: Any, ask: Any) -> None:
    fewer = Context(today=date(2026, 3, 2), catalogue=DEFAULT_CATALOGUE.without(HOTPATCH_IMAGES["2022"][:1]))
    assert len(ask("HP001", vm(_image()), context=fewer)) == 1
    none = Context(today=date(2026, 3, 2), catalogue=DEFAULT_CATALOGUE.without(HOTPATCH_IMAGES["2022"]))
    (finding,) = ask("HP001", vm(_image()), context=none)
    assert "accepts no image" in finding.message


def test_the_sign_for_kelvin_is_no_k(vm: Any, ask: Any) -> None:
    """ARM compares as .NET does: no letter outside ASCII is one of ASCII's in another case."""
    (finding,) = ask("HP001", vm(_image(sku="2022-Datacenter-Azure-Edition-Core-smalldis\u212a")))
    assert finding.path.endswith("sku")
    assert ask("HP001", vm(_image(sku="2022-DATACENTER-AZURE-EDITION-CORE-SMALLDISK"))) == []


def test_an_id_that_is_empty_is_named(vm: Any, ask: Any) -> None:
    (finding,) = ask("HP001", vm({"storageProfile.imageReference": {"id": " "}}))
    assert (finding.path, finding.message) == ("storageProfile.imageReference.id", "the id of the image is empty")
