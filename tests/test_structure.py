"""Where things are, what may import what, and how long it may be: the layout of this repository, held to its word."""

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from azure_hotpatch.domain.rules import RULES

ROOT = Path(__file__).resolve().parent.parent
PULUMI = {"pulumi", "pulumi_azure_native"}
# Which part may import which parts of the project, and which libraries beside Python's own. "*" is any.
MAY_IMPORT: dict[str, tuple[set[str], set[str]]] = {
    "domain": ({"domain"}, {"pydantic", "pydantic_core"}),
    "components": ({"domain", "components", "templates"}, PULUMI | {"jinja2", "grpc", "pydantic_core"}),
    "local": ({"domain", "local"}, {"typer"}),
    "program": ({"domain", "components", "local", "program"}, PULUMI | {"yaml"}),
    "policies": ({"domain", "local", "policies"}, {"pulumi", "grpc", "google", "pydantic"}),
    "operations": (
        {"domain", "operations", "templates"},
        {"azure", "dbos", "httpx", "icalendar", "jinja2", "psycopg", "pydantic", "pydantic_core", "sqlalchemy"},
    ),
    "emulator": ({"emulator"}, {"*"}),  # never the domain: a stand-in that shares the rule confirms the mistake
    "cli": (
        {"domain", "components", "program", "policies", "operations", "emulator", "templates", "local", "cli"},
        {"*"},
    ),
    "templates": ({"templates"}, {"jinja2"}),
    "set_up": ({"set_up"}, {"setuptools"}),  # it runs before anything is installed; setuptools is what builds the wheel
}
# Which rooms beside it a room may import. In the domain: facts below judging, rules and settings above both; in the
# emulated ARM: the wire form below the store, and both below everything else.
BELOW = {
    "domain.azure": {"azure"},
    "domain.judging": {"azure", "judging", "printable"},
    "domain.rules": {"azure", "judging", "printable", "rules"},
    "domain.vocabulary": {"azure", "printable", "vocabulary"},
    "domain.settings": {"azure", "printable", "vocabulary", "settings"},
    "domain.restarts": {"azure", "vocabulary", "settings", "restarts"},
    "emulator.arm.protocol": {"protocol"},
    "emulator.arm.database": {"protocol", "database"},
}
# The domain is a function of its arguments.
OUTSIDE_WORLD = {
    *("asyncio", "ctypes", "fcntl", "glob", "http", "io", "locale", "logging", "multiprocessing", "os", "pathlib"),
    *("platform", "random", "secrets", "shutil", "signal", "socket", "sqlite3", "subprocess", "sys", "tempfile"),
    *("threading", "time", "urllib", "uuid"),
}
OUTSIDE_CALLS = {"open", "print", "input", "now", "today", "utcnow"}

LONGEST_FILE, LONGEST_CONSTRUCTOR = 300, 40
# Spelled in parts, so that this file does not name them either.
REGISTRIES = tuple(
    ".".join(parts.split())
    for parts in (
        *("pypi org", "pythonhosted org", "npmjs org", "npmjs com", "yarnpkg com", "proxy golang org"),
        *("sum golang org", "crates io", "maven org", "deb debian org"),
    )
)
MACHINE_PATH = re.compile(r"(?<![\w./-])/(?:work|root|home|Users)/\w|\.\./shared\b")


@cache
def tracked() -> tuple[Path, ...]:
    """The files of the project, whether committed yet or not, relative to its root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return tuple(Path(name) for name in sorted(listed.stdout.split("\0")) if name and (ROOT / name).is_file())


def modules(*folders: str) -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py" and (not folders or path.parts[0] in folders)]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), str(path))


@cache
def text(path: Path) -> str:
    """What is in a file, or nothing if it is not text."""
    return (ROOT / path).read_text(encoding="utf-8", errors="ignore")


def imports(path: Path) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." if node.level else f"{node.module}"
            if (node.module or "").split(".")[0] == "azure_hotpatch":
                yield from (f"{node.module}.{name.name}" for name in node.names)


def part_of(module: str) -> str:
    """The part of the project that `azure_hotpatch.<part>.…` lies in; the package itself belongs to every part."""
    return module.split(".")[1] if "." in module else ""


def why_not_imported(part: str, module: str) -> str | None:
    ours, libraries = MAY_IMPORT[part]
    top = module.split(".")[0]
    if top in {"azure_hotpatch", "set_up"}:
        owner = part_of(module) if top == "azure_hotpatch" else top
        return (
            None
            if owner in {*ours, "__version__"} or (not owner and part != "emulator")
            else f"{part} may not import {owner}"
        )
    if top in {*MAY_IMPORT, ""}:
        return "import from azure_hotpatch, by the full name"
    if part == "domain" and top in OUTSIDE_WORLD and module != "urllib.parse":
        return "the domain knows no files, clock, environment or network"
    if top in sys.stdlib_module_names or top in libraries or "*" in libraries:
        return None
    return f"{part} may not import {top}"


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of the code, without the signature and the docstring."""
    statements = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (statements[-1].end_lineno or 0) - statements[0].lineno + 1 if statements else 0


def unexplained(source: str) -> set[str]:
    """The lints that a file ignores without a word of why."""
    ignored = re.compile(r"# (?:noqa: (?P<lint>[A-Z0-9, ]+\d)|type: ignore\[(?P<type>[\w, -]+)\])(?P<reason>.*)")
    found = [match for line in source.splitlines() if (match := ignored.search(line))]
    explained = {match["lint"] or match["type"] for match in found if re.search(r"\w{3}", match["reason"])}
    return {match["lint"] or match["type"] for match in found} - explained


def report(findings: Iterator[str]) -> None:
    found = sorted(set(findings))
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_a_part_imports_what_the_table_allows(part: str) -> None:
    files = modules(part)
    assert files
    why_not = ((path, module, why_not_imported(part, module)) for path in files for module in imports(path))
    report(f"{path}: {module}: {why}" for path, module, why in why_not if why)


@pytest.mark.parametrize("room", BELOW)
def test_a_room_imports_what_lies_below_it(room: str) -> None:
    beside = f"azure_hotpatch.{room.rpartition('.')[0]}."
    files = [path for path in modules() if path.is_relative_to(Path(*room.split(".")))]
    assert files
    found = ((path, module) for path in files for module in imports(path) if module.startswith(beside))
    report(
        f"{path}: {module}" for path, module in found if module.removeprefix(beside).split(".")[0] not in BELOW[room]
    )


def test_the_domain_reads_no_clock_and_no_file() -> None:
    calls = ((path, node) for path in modules("domain") for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    names = ((path, call.lineno, getattr(call.func, "attr", getattr(call.func, "id", ""))) for path, call in calls)
    report(f"{path}:{line}: {name}()" for path, line, name in names if name in OUTSIDE_CALLS)


def test_every_package_is_in_the_wheel() -> None:
    folders = {path.parent for path in modules(*MAY_IMPORT) if path.parts[0] != "set_up"}
    report(f"{folder}: has no __init__.py" for folder in folders if folder / "__init__.py" not in tracked())


def test_documentation_holds_no_code() -> None:
    report(f"{path}" for path in modules("docs"))


def test_a_file_is_read_in_one_sitting() -> None:
    report(f"{path}: over {LONGEST_FILE} lines" for path in modules() if text(path).count("\n") > LONGEST_FILE)


def test_functions_are_short() -> None:
    sizes = sorted(body_lines(function) for path in modules(*MAY_IMPORT) for function in functions(path))
    assert statistics.median(sizes) <= 6
    assert sizes[int(len(sizes) * 0.95)] < 30


def test_a_constructor_plans_elsewhere() -> None:
    found = ((path, function) for path in modules(*MAY_IMPORT) for function in functions(path))
    report(
        f"{path}:{function.lineno}: __init__ over {LONGEST_CONSTRUCTOR} lines"
        for path, function in found
        if function.name == "__init__" and body_lines(function) > LONGEST_CONSTRUCTOR
    )


def test_the_program_is_read_in_a_minute() -> None:
    program = Path("__main__.py")
    assert text(program).count("\n") < 40
    assert not [node for node in ast.walk(tree(program)) if isinstance(node, ast.If | ast.IfExp | ast.Match)]


def test_a_module_opens_with_one_sentence() -> None:
    sentences = ((path, ast.get_docstring(tree(path), clean=False) or "") for path in modules())
    paragraphs = ((path, " ".join(sentence.split("\n\n")[0].split("\n"))) for path, sentence in sentences)
    report(f"{path}: {first!r}" for path, first in paragraphs if not re.match(r"\S.*[.:]\s*$", first))


def test_a_docstring_begins_on_its_first_line() -> None:
    documented = (
        (path, node, ast.get_docstring(node, clean=False))
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    )
    report(f"{path}:{node.lineno}: {node.name}" for path, node, words in documented if words and words[0] == "\n")


def test_an_ignored_lint_has_its_reason_beside_it() -> None:
    """Once a file is enough for a lint that is ignored several times in it."""
    report(f"{path} does not say why it ignores {lint}" for path in modules() for lint in unexplained(text(path)))


def test_an_ignored_lint_is_named() -> None:
    blanket = re.compile(r"#\s*(?:noqa\b(?!: [A-Z])|type:\s*ignore\b(?!\[))")
    report(f"{path}" for path in modules() if path.name != "test_structure.py" and blanket.search(text(path)))


def test_every_lint_that_is_off_says_why() -> None:
    lines = text(Path("pyproject.toml")).splitlines()
    start = lines.index("[tool.ruff.lint.per-file-ignores]") + 1
    entries = [line for line in lines[start:] if "=" in line and "[" in line]
    report(line for line in entries if "#" not in line)


def test_tests_are_where_they_are_collected() -> None:
    with_tests = [
        path for path in modules("tests") if any(function.name.startswith("test_") for function in functions(path))
    ]
    report(f"{path}: its tests are never run" for path in with_tests if not path.name.startswith("test_"))
    collected = [path for path in modules("tests") if path.name.startswith("test_")]
    report(f"{path}: has no test" for path in collected if path not in with_tests)


def test_every_rule_has_its_line_its_test_and_its_page() -> None:
    files = {path.stem[:5].upper(): path.stem for path in modules("domain") if path.match("rules/hp[0-9]*.py")}
    ids = [rule.id for rule in RULES]
    assert ids == sorted(files), "RULES lists every rule file, by id"
    names = {rule.id: f"{rule.id.lower()}_{rule.name.replace('-', '_')}" for rule in RULES}
    assert files == names, "a rule file is named after its rule"
    wanted = (
        place for rule in files for place in (f"tests/domain/rules/test_{files[rule]}.py", f"docs/rules/{rule}.md")
    )
    report(f"{place} is missing" for place in wanted if Path(place) not in tracked())


def test_no_page_is_left_of_a_rule_that_is_gone() -> None:
    pages = {path.stem for path in tracked() if path.match("docs/rules/HP*.md")}
    assert pages == {rule.id for rule in RULES}


def test_nothing_names_a_registry_or_a_folder_of_one_machine() -> None:
    found = ((path, needle) for path in tracked() for needle in REGISTRIES if needle in text(path))
    report(f"{path}: {needle}" for path, needle in found)
    report(f"{path}: {match[0]}" for path in tracked() for match in MACHINE_PATH.finditer(text(path)))


@pytest.mark.parametrize(
    ("part", "module"),
    [
        ("domain", "pulumi"),
        ("domain", "os.path"),
        ("domain", "azure_hotpatch.components"),
        ("emulator", "azure_hotpatch.domain.azure.images"),
        ("emulator", "azure_hotpatch"),
        ("policies", "azure_hotpatch.emulator.arm"),
        ("policies", "pulumi_policy"),
        ("components", "azure_hotpatch.policies.pack"),
        ("components", "azure_hotpatch.program.plan"),
        ("components", "components.network"),
        ("cli", "set_up.layout"),
        ("set_up", "pulumi"),
    ],
)
def test_the_table_refuses(part: str, module: str) -> None:
    assert why_not_imported(part, module)
