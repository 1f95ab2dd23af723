"""A generation of Windows Server is one record: all that depends on it follows from that."""

from typing import get_args

from azure_hotpatch.domain.azure.calendar import BUILDS, EVENTS
from azure_hotpatch.domain.azure.image_names import GENERATIONS
from azure_hotpatch.domain.azure.images import DEFAULT_CATALOGUE, WHOLE_CATALOGUE
from azure_hotpatch.domain.azure.server_generations import (
    SERVER_GENERATIONS,
    Generation,
    WrittenGeneration,
    generation_of_sku,
)

YEARS = [generation.year for generation in SERVER_GENERATIONS]


def test_the_type_names_the_years_of_the_records() -> None:
    assert list(get_args(Generation)) == YEARS
    assert list(get_args(WrittenGeneration)) == [*YEARS, *map(int, YEARS)]


def test_each_generation_accepts_its_images_and_those_of_the_older_ones() -> None:
    assert list(GENERATIONS) == YEARS
    assert GENERATIONS[YEARS[0]] == DEFAULT_CATALOGUE
    assert GENERATIONS[YEARS[-1]] == WHOLE_CATALOGUE
    assert [len(GENERATIONS[year].images) for year in YEARS] == [4, 8]


def test_a_sku_tells_its_generation() -> None:
    for generation in SERVER_GENERATIONS:
        assert {generation_of_sku(sku.upper()) for sku in generation.skus} == {generation.year}
    assert generation_of_sku("2022-datacenter-azure-edition") == "2022"
    assert generation_of_sku("2019-datacenter") is None


def test_every_generation_has_a_build_and_a_record() -> None:
    assert list(BUILDS) == YEARS
    assert {event.generation for event in EVENTS} == set(YEARS)
