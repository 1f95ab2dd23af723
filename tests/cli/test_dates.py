"""The days and commands that a person mistypes."""

import pytest

COMMANDS = {
    "check": ["check", "preview.json", "--on"],
    "calendar": ["calendar", "--on"],
    "forecast": ["forecast", "Pulumi.dev.yaml", "--on"],
    "report": ["report", "--machines", "machines.json", "--at"],
}


@pytest.mark.parametrize("day", ["9999-12-31", "3000-01-01", "1999-12-31", "0001-01-01"])
@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_a_year_that_nobody_means_is_refused(hotpatch, write, arguments, day):
    write("Pulumi.dev.yaml", b"config: {'a:fleet': {machines: [{name: web, image: 2022-core}]}}")
    outcome = hotpatch(*arguments, day)
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err == f"hotpatch: {arguments[-1]} {day!r} is not in the years 2000 to 2999\n"


@pytest.mark.parametrize("day", ["2021-11-09", "2999-12-31"])  # from the first hotpatch on
@pytest.mark.parametrize("form", ["text", "json"])
def test_the_years_that_are_allowed_can_be_reckoned(hotpatch, write, day, form):
    name = write("Pulumi.dev.yaml", b"config: {'a:fleet': {machines: [{name: web, image: 2022-core}]}}")
    assert hotpatch("forecast", name, "--months=60", f"--on={day}", f"--format={form}").code == 0
    assert hotpatch("calendar", f"--on={day}", f"--format={form}").code == 0


@pytest.mark.parametrize(
    "day", ["2026-13-01", "\u0662\u0660\u0662\u0666-11-24", "2026\u201011\u201024", "tomorrow", "-1"]
)
def test_what_is_no_day_is_refused(hotpatch, day):
    outcome = hotpatch("calendar", f"--on={day}")
    assert (outcome.code, outcome.err) == (3, f"hotpatch: --on {day!r} is not a date: write it as 2026-07-14\n")


def test_a_month_at_the_end_of_the_calendar_is_refused(hotpatch):
    outcome = hotpatch("replay", "Pulumi.dev.yaml", "--to=9999-12")
    assert outcome.err.startswith("hotpatch: --from 2022-02 --to 9999-12 is not within the record,")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["chek"], "there is no command 'chek'; did you mean 'check'? `hotpatch --help` lists them"),
        (["azure", "sreve"], "there is no command 'sreve'; did you mean 'serve'? `hotpatch azure --help` lists them"),
        (["frobnicate", "x"], "there is no command 'frobnicate'; `hotpatch --help` lists them"),
        (["explain", "HP999"], "there is no rule 'HP999'; `hotpatch rules` lists them"),
    ],
)
def test_a_mistyped_command_leads_to_the_one_that_was_meant(hotpatch, arguments, error):
    outcome = hotpatch(*arguments)
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err == f"hotpatch: {error}\n"
