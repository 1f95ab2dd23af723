"""HP012: an image by triple and by id at once is ambiguous."""

from typing import Any

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.record import UNKNOWN

REFERENCE = "storageProfile.imageReference"


def test_refuses_a_triple_beside_an_id(vm: Any, ask: Any) -> None:
    (finding,) = ask("HP012", vm({f"{REFERENCE}.id": "/subscriptions/0/…/images/golden"}))
    assert finding.path == f"{REFERENCE}.id"
    assert "named by id and by publisher" in finding.message


def test_refuses_two_ids(vm: Any, ask: Any) -> None:
    two = {"id": "golden", "sharedGalleryImageId": "/SharedGalleries/g/Images/i"}
    assert len(ask("HP012", vm({REFERENCE: two}))) == 1


def test_accepts_one_name(vm: Any, ask: Any) -> None:
    assert ask("HP012", vm()) == []
    assert ask("HP012", vm({REFERENCE: {"id": "golden"}})) == []


def test_refuses_a_triple_beside_a_disk_of_one_s_own(vm: Any, ask: Any) -> None:
    blob = "storageProfile.osDisk.image"
    (finding,) = ask("HP012", vm({blob: {"uri": "https://account.example/images/golden.vhd"}}))
    assert finding.path == f"{blob}.uri"
    assert "by publisher" in finding.message


def test_a_disk_that_is_not_known_cannot_be_verified(vm: Any, ask: Any) -> None:
    (finding,) = ask("HP012", vm({"storageProfile.osDisk.image": {"uri": UNKNOWN}}))
    assert (finding.path, finding.verdict) == ("storageProfile.osDisk.image.uri", Verdict.UNVERIFIABLE)
