"""What is known of sizes and regions, and what a misspelled one was likely meant to be."""

import pytest

from azure_hotpatch.domain.azure import defaults
from azure_hotpatch.domain.azure.regions import REGIONS, nearest_region, why_not_region, why_unknown_region
from azure_hotpatch.domain.azure.size_series import SIZES
from azure_hotpatch.domain.azure.sizes import (
    nearest_size,
    nearest_size_with_premium_disks,
    why_not_premium_disks,
    why_not_size,
    why_unknown_size,
)


def test_every_size_is_named_once_and_can_be_read() -> None:
    assert len(SIZES) == len(set(SIZES)) > 400
    assert [size for size in SIZES if "is not the name" in str(why_not_size(size))] == []
    assert [size for size in SIZES if why_unknown_size(size)] == []
    assert why_unknown_size(defaults.SIZE) is None


@pytest.mark.parametrize(
    ("size", "meant"),
    [
        ("D2s_v5", "Standard_D2s_v5"),
        ("Standard-D2s-v5", "Standard_D2s_v5"),
        ("Standard_D3s_v5", "Standard_D2s_v5"),
        ("Standard_D2_v3", "Standard_D2s_v3"),
        ("Standard_D2ps_v5", "Standard_D2s_v5"),
        ("Standard_F2", "Standard_F2s"),
        ("Standard_A2_v2", ""),  # no size of the family runs hotpatch images
        ("Standard_Q2s_v5", ""),
        ("large", ""),
    ],
)
def test_a_size_that_is_meant_is_of_the_same_family_or_none(size: str, meant: str) -> None:
    assert nearest_size(size) == meant


def test_what_is_meant_can_run_hotpatch_images() -> None:
    assert [size for size in SIZES if (meant := nearest_size(size)) and why_not_size(meant)] == []


@pytest.mark.parametrize("size", ["Standard_D4_v5", "Standard_E4d_v5", "Standard_D2a_v4"])
def test_a_size_with_premium_disks_has_as_many_processors(size: str) -> None:
    meant = nearest_size_with_premium_disks(size)
    assert why_not_premium_disks(size) is not None
    assert why_not_premium_disks(meant) is None
    assert meant[:10] == size[:10]


def test_every_region_is_named_once_and_well_formed() -> None:
    assert len(REGIONS) == len(set(REGIONS)) > 60
    assert [region for region in REGIONS if why_not_region(region) or why_unknown_region(region)] == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [("West Europe", "westeurope"), ("westeuorpe", "westeurope"), ("uk-south", "uksouth"), ("zq9", "")],
)
def test_a_region_that_is_meant_is_one_that_exists(name: str, meant: str) -> None:
    assert nearest_region(name) == meant
