"""`--wave-file`: the settings of a wave in YAML or JSON, as a person writes them."""

import pytest

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.patching.plans import settings_of


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """The settings in a file of this name and text."""
    monkeypatch.chdir(tmp_path)

    def read(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return settings_of(name, {})

    return read


def test_hours_need_no_quotes(settings):
    hours = settings("wave.yaml", "canary: 1\nhours: {from: 22:00, until: 05:00}\n").hours
    assert (f"{hours.begin:%H:%M}", f"{hours.end:%H:%M}") == ("22:00", "05:00")


@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_json_is_read_under_either_name(settings, suffix):
    assert str(settings(f"wave.{suffix}", '{"canary": "10%"}').canary) == "10%"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "w.yaml",
            "canary: 1\ncanary: 2\n",
            "w.yaml is neither YAML nor JSON: line 2: the key canary is there already",
        ),
        ("w.yaml", "canary: !!bool x\n", "w.yaml is neither YAML nor JSON: line 1: the value is not a valid bool"),
        ("w.yaml", "- canary\n", "w.yaml is not an object of keys and values"),
        ("w.json", "{", "w.json is not JSON: "),
        ("w.json", "", "w.json is empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(settings, name, text, said):
    with pytest.raises(Failure) as failure:
        settings(name, text)
    assert str(failure.value).startswith(said)
    assert "\n" not in str(failure.value)
