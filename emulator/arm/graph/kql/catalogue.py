"""The supported part of the language, as the table of the guide: `python -m …kql.catalogue` prints it."""

import sys

from azure_hotpatch.emulator.arm.graph.kql import pipes
from azure_hotpatch.emulator.arm.graph.kql.aggregates import AGGREGATES, OTHER_NAMES
from azure_hotpatch.emulator.arm.graph.kql.expressions import COMPARISONS, LISTS, STRING_WORDS
from azure_hotpatch.emulator.arm.graph.kql.functions import ALIASES, FUNCTIONS
from azure_hotpatch.emulator.arm.graph.kql.statements import OPERATORS


def table() -> str:
    """A Markdown table of operators, functions and aggregates, each list in the order of the alphabet."""
    rows = {
        "pipes": [*OPERATORS, "let", "render"],
        "kinds of join": pipes.JOIN_KINDS,
        "comparisons": [*COMPARISONS, "between", "!between", *LISTS, "matches regex"],
        "strings": [*STRING_WORDS, *(f"!{word}" for word in STRING_WORDS)],
        "functions": [*FUNCTIONS, *ALIASES],
        "aggregates": [*AGGREGATES, *OTHER_NAMES],
    }
    lines = [f"| {title} | {', '.join(f'`{word}`' for word in sorted(words))} |" for title, words in rows.items()]
    return "\n".join(["| what | understood |", "|---|---|", *lines])


if __name__ == "__main__":
    sys.stdout.write(f"{table()}\n")
