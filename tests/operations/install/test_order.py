"""What is asked of Azure, and what it will take of what a machine is offered."""

from dataclasses import replace
from datetime import timedelta

import pytest

from azure_hotpatch.operations.install.model import FileError, validated
from azure_hotpatch.operations.install.order import Order
from tests.operations.install.conftest import DOTNET, HOTPATCH, LCU, NOW


@pytest.mark.parametrize(
    ("order", "taken"),
    [
        ({}, [HOTPATCH, LCU]),
        ({"excludeKbs": ["KB5122871"]}, [HOTPATCH]),
        ({"excludeRestarts": True}, [HOTPATCH]),
        ({"kbs": ["5120001"]}, [HOTPATCH, LCU, DOTNET]),
        ({"classifications": [], "kbs": ["kb5120001"]}, [DOTNET]),
        ({"classifications": ["Updates"]}, [DOTNET]),
    ],
)
def test_takes_by_classification_number_and_restart(order, taken):
    wanted = validated(Order, order, "the options")
    assert [patch for patch in (HOTPATCH, LCU, DOTNET) if wanted.takes(patch)] == taken


def test_leaves_out_what_was_published_later():
    order = Order(published_until=NOW)
    assert order.takes(LCU)
    assert not order.takes(replace(LCU, published=NOW + timedelta(days=1)))


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ({"classifications": []}, "nothing to install"),
        ({"kbs": ["5122871"], "excludeKbs": ["KB5122871"]}, "KB5122871 is both included and excluded"),
        ({"kbs": ["five"]}, "kbs[0]: is not the number of an update"),
        ({"maximumDuration": "3h"}, "maximumDuration: is not a duration of 30 minutes to 24 hours; write it as PT4H"),
        ({"maximumDuration": "PT10M"}, "maximumDuration: is not a duration of 30 minutes to 24 hours"),
        ({"reboot": "Maybe"}, "reboot: input should be 'IfRequired', 'Never' or 'Always'"),
        ({"classifications": ["Secure"]}, "classifications[0]: input should be"),
        ({"publishedUntil": "2026-09-08T00:00:00"}, "has no time zone"),
    ],
)
def test_a_wrong_order_is_refused(order, said):
    with pytest.raises(FileError) as refused:
        validated(Order, order, "the options")
    assert said in str(refused.value)


def test_the_body_has_azures_names():
    order = Order(kbs=("5120001",), exclude_kbs=("5122871",), exclude_restarts=True, published_until=NOW)
    assert order.body() == {
        "maximumDuration": "PT3H",
        "rebootSetting": "IfRequired",
        "windowsParameters": {
            "classificationsToInclude": ["Critical", "Security"],
            "kbNumbersToInclude": ["5120001"],
            "kbNumbersToExclude": ["5122871"],
            "excludeKbsRequiringReboot": True,
            "maxPatchPublishDate": "2026-09-10T20:00:00+00:00",
        },
    }


@pytest.mark.parametrize(("minutes", "duration"), [(45, "PT45M"), (180, "PT3H"), (480, "PT3H"), (None, "PT3H")])
def test_hours_shorten_the_maximum_duration_and_never_lengthen_it(minutes, duration):
    assert Order().body(minutes)["maximumDuration"] == duration
