"""What docs/emulator-coverage.md says the emulated Azure has."""

from azure_hotpatch.emulator.provider import catalogue
from azure_hotpatch.emulator.provider.generator import sdk
from tests.emulator.coverage_page import PAGE, page


def test_the_page_is_what_the_emulator_has():
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.emulator.coverage_page"


def test_every_resource_of_the_sdk_can_be_declared():
    found = {f"{module}:{name}" for module in sdk.modules() for name in sdk.resources(module)}
    declared = {f"{module}:{name}" for module in catalogue.modules() for name in catalogue.contents(module)[0]}
    assert len(found) > 2000
    assert found == declared, "add the paths of new ones to emulator/provider/stored/resources.json"
