"""Ask the person at the terminal a question; who interrupts it, or ends the input, has not answered."""

import sys

import typer

from azure_hotpatch.cli.patching.progress import say


def answer_to(question: str, otherwise: str) -> str:
    """What was typed, without blanks around it; nothing where nobody can be asked, and then it is said what to give."""
    if not sys.stdin.isatty():
        say(f"{question}: no terminal to confirm in; {otherwise}")
        return ""
    try:
        return str(typer.prompt(question, default="", show_default=False)).strip()
    except typer.Abort:  # Ctrl-C, Ctrl-D
        say("")  # the cursor stands behind the question
        return ""
