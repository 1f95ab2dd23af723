"""The guide says which tables there are and what of the language is understood, no more and no less."""

import re
from pathlib import Path

from azure_hotpatch.emulator.arm.graph.kql import catalogue
from azure_hotpatch.emulator.arm.graph.kql.evaluation import MOST_JOINS
from azure_hotpatch.emulator.arm.graph.tables import EMPTY, TABLES

GUIDE = (Path(__file__).parents[3] / "docs" / "guides" / "emulated-azure.md").read_text(encoding="utf-8")
SECTION = GUIDE.split("\n## Resource Graph\n")[1].split("\n## ")[0]


def test_the_table_of_the_language_is_the_generated_one():
    assert catalogue.table() in SECTION


def test_the_tables_are_named():
    named = set(re.findall(r"`(\w+resources|resources|resourcecontainers)`", SECTION))
    assert named == {*TABLES, *EMPTY}


def test_the_query_of_the_guide_runs(azure, machine):
    query = re.search(r"```kusto\n(.+?)```", SECTION, re.DOTALL)
    assert query
    azure.post(f"{machine}/assessPatches")
    rows = azure.rows(query[1])
    assert [row["name"] for row in rows] == ["Web-1"]
    assert rows[0]["security"] == 1


def test_the_number_of_joins_is_the_one_that_is_held():
    assert f"at most {MOST_JOINS} joins" in SECTION.replace("three", "3")
