"""Which ring a machine is in."""

import pytest

from azure_hotpatch.operations.install.model import FileError, validated
from azure_hotpatch.operations.install.rings import rings_of
from azure_hotpatch.operations.install.wave_settings import WaveSettings
from tests.operations.install.conftest import machine


def names(settings, machines):
    found = rings_of(validated(WaveSettings, settings, "the file"), machines)
    return {ring: [one.name for one in members] for ring, members in found.items()}


def test_a_machine_is_in_the_first_ring_that_it_matches():
    rings = [
        {"name": "first", "tags": {"Ring": "0"}},
        {"name": "web", "names": ["web-*"]},
        {"name": "g", "groups": ["FLEET"]},
    ]
    machines = [
        machine("web-1", tags={"ring": "0"}),
        machine("WEB-2"),
        machine("db-1"),
        machine("db-2", resource_group="other"),
    ]
    assert names({"rings": rings}, machines) == {"first": ["web-1"], "web": ["WEB-2"], "g": ["db-1"], "rest": ["db-2"]}


def test_a_ring_must_be_matched_in_all_that_it_gives():
    rings = [{"name": "first", "tags": {"ring": "0"}, "names": ["web-*"]}]
    machines = [machine("web-1", tags={"ring": "0"}), machine("web-2"), machine("db-1", tags={"ring": "0"})]
    assert names({"rings": rings}, machines) == {"first": ["web-1"], "rest": ["db-1", "web-2"]}


def test_canaries_are_taken_from_the_first_ring_and_see_every_region_and_zone():
    machines = [machine(f"m{n}", location=f"r{n // 5}", zone=str(n % 5)) for n in range(10)]
    found = rings_of(WaveSettings.model_validate({"canary": "30%"}), machines)
    assert len({(one.location, one.zone) for one in found["canary"]}) == 3
    assert len(found["rest"]) == 7


@pytest.mark.parametrize("none", ["0", "0%"])
def test_no_canary_is_none(none):
    assert list(names({"canary": none}, [machine("a"), machine("b")])) == ["rest"]


def test_of_a_percentage_there_is_at_least_one_canary():
    assert len(names({"canary": "1%"}, [machine("a"), machine("b")])["canary"]) == 1


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"rings": [{"name": "x"}]}, "rings[0]: the ring matches nothing: give it tags, groups or names"),
        ({"rings": [{"name": "rest", "names": ["a"]}]}, "rings[0]: the ring's name is rest"),
        ({"rings": [{"name": "x", "names": ["a"]}] * 2}, "two rings have the name x"),
        (
            {"maxErrors": "many"},
            "maxErrors: is neither a number nor a percentage; write it as 3 or 10% (value: 'many')",
        ),
        ({"maxConcurrency": "0"}, "maxConcurrency: is no machine: nothing could begin; write 1 or more (value: '0')"),
        ({"maxPerZone": 0}, "maxPerZone: is no machine"),
        ({"maxPerAvailabilitySet": "0%"}, "maxPerAvailabilitySet: is no machine"),
        ({"hours": {"from": "23:50", "until": "00:19"}}, "hours: are shorter than 30 minutes"),
        ({"canary": "101%"}, "canary: is neither a number nor a percentage"),
        ({"soak": "soon"}, "soak: is not a duration; write it as 30m, 4h or 1d"),
        (
            {"hours": {"from": "22:00", "until": "25:00"}},
            "hours.until: is not a time of day; write it as 22:00",
        ),
        (
            {"hours": {"from": "22:00", "until": "02:00", "timeZone": "Berlin"}},
            "hours.timeZone: is not the name of a time zone",
        ),
        ({"gate": {"url": "https://user:secret@host/"}}, "gate.url: is not an address as https://host/path"),
        ({"maxConcurency": 3}, "maxConcurency: unknown setting"),
    ],
)
def test_a_wrong_wave_file_is_refused_at_its_path(settings, said):
    with pytest.raises(FileError) as refused:
        validated(WaveSettings, settings, "wave.yaml")
    assert f"wave.yaml: {said}" in str(refused.value) or said in str(refused.value)


def test_all_mistakes_are_told_at_once():
    with pytest.raises(FileError) as refused:
        validated(WaveSettings, {"canary": "x", "soak": "y"}, "wave.yaml")
    assert len(str(refused.value).splitlines()) == 2
