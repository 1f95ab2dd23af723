"""Writes docs/coverage.md: `python -m tests.policies.coverage_page`."""

from pathlib import Path

from azure_hotpatch.domain.rules import RULES
from tests.policies.asking import Asked
from tests.policies.cells import CELLS
from tests.policies.routes import ROUTES
from tests.policies.stacks import TOGETHER

PAGE = Path(__file__).resolve().parents[2] / "docs/coverage.md"


def page(asked: Asked) -> str:
    names = ["row", "route", "token", *CELLS]
    lines = [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    for route in ROUTES:
        cells = [route.row, route.name, f"`{route.token}`", *(cell(route, asked) for cell in CELLS.values())]
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", SECOND, "| row | what | compliant | non-compliant |", "|---|---|---|---|"]
    lines += [f"| {case.row} | {case.name} | accepted | {case.verdict(asked)} |" for case in TOGETHER]
    return INTRODUCTION.format(routes=len(ROUTES), rules=len(RULES)) + "\n".join(lines) + "\n"


INTRODUCTION = """# What the policy pack covers

Each row is a way to write a machine, or what decides how it is patched. Each cell is what the pack answers, asked over
gRPC with the engine's own messages; `tests/policies/test_coverage.py` asks again on every run and compares this page.
{routes} routes, {rules} rules.

*Non-compliant* is a look-alike image, or what the route is named after. *Unknown* puts Pulumi's mark of an unknown
value in place of each judged value, and of each object on the way to one: each time the pack says so, and
takes nothing for wrong.
*Secret* marks each as a secret, in a machine that is accepted and in one that is refused: the verdict stays, and the
value is in no message.
*Letter case* is of the token, of every text and, where ARM reads them, of the property names.

"""


SECOND = """## What is seen when the whole stack is known

At the end of a preview and of an update. None of these resources was sent to the pack by itself, as is so for what
`--target` leaves out: each is judged here.

Row 23, what is read with `.get()`, is sent to no policy at all by the engine (3.220: it keeps reads apart from what it
analyses). `hotpatch check` judges it, in the JSON of a preview and in an exported stack.
Row 21 is HP036: `ignoreChanges` over a judged value.
"""


if __name__ == "__main__":
    PAGE.write_text(page(Asked()), encoding="utf-8")
