"""A question in a terminal: what is typed, and who interrupts it or ends the input has not confirmed."""

import io
import re

import pytest

from azure_hotpatch.cli.patching import asking


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def typed(monkeypatch):
    def at_terminal(text):
        monkeypatch.setattr("sys.stdin", Terminal(text))

    return at_terminal


def test_what_is_typed_is_the_answer(typed):
    typed(" yes \n")
    assert asking.answer_to("Go on?", "give --yes") == "yes"


def test_the_end_of_the_input_is_no_answer(typed):
    typed("")
    assert asking.answer_to("Go on?", "give --yes") == ""


@pytest.mark.usefixtures("azure")
def test_who_interrupts_the_question_has_confirmed_nothing(typed, hotpatch, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("typer._click.termui.visible_prompt_func", interrupted)
    typed("")
    code, out, _ = hotpatch("install", "--name", "vm-0000", "--no-assess", "--out", "p.json")
    assert (code, out.endswith("Not confirmed: nothing is installed.\n")) == (4, True)


@pytest.mark.usefixtures("azure")
def test_the_end_of_a_wave_says_what_can_be_done_then(hotpatch, tmp_path):
    (tmp_path / "wave.yaml").write_text("canary: 1\ngate: {command: ['false'], attempts: 1, pause: 0s}\n")
    options = ("--wave-file", "wave.yaml", "--no-assess", "--out", "p.json", "--confirm", "all", "--poll", "0.1")
    code, out, err = hotpatch("install", *options)
    assert code == 2
    assert "checks the gate again; with `continue` and --why TEXT instead the wave goes on past it" in out
    assert "soaking" not in err
    name = re.search(r"wave (wave-\S+):", out)[1]
    assert f"`hotpatch wave resume {name}` checks" in out  # of the user's own store
    hotpatch("wave", "end", name, "--why", "broken")
    _, out, _ = hotpatch("wave", "show", name)
    assert out.splitlines()[-1].endswith("Plan again for the machines that are left.")


@pytest.mark.usefixtures("azure")
def test_what_can_be_done_then_names_the_store(hotpatch, tmp_path):
    (tmp_path / "wave.yaml").write_text("canary: 1\ngate: {command: ['false'], attempts: 1, pause: 0s}\n")
    options = (
        "--wave-file",
        "wave.yaml",
        "--no-assess",
        "--confirm",
        "all",
        "--poll",
        "0.1",
        "--store",
        "my waves.sqlite",
    )
    _, out, _ = hotpatch("install", *options)
    name = re.search(r"wave (wave-\S+):", out)[1]
    assert f"`hotpatch wave resume {name} --store '{tmp_path / 'my waves.sqlite'}'` checks the gate again" in out
