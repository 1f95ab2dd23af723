"""The colours of the page, by WCAG 2.2: text 4.5 to 1 (1.4.3), what a picture is made of 3 to 1 (1.4.11)."""

import re

import pytest

from azure_hotpatch.operations.report.page import page_of

SCHEMES = {
    "light": r"^:root { color-scheme: light dark; ([^}]*)}",
    "dark": r"\(prefers-color-scheme: dark\) { :root { ([^}]*)}",
}
TEXT, PICTURE = ("ink", "soft", "bad"), ("own", "twin", "possible")


def colours(page, scheme):
    found = re.search(SCHEMES[scheme], page, re.MULTILINE)
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6});", found[1]))


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_is_read_and_what_is_drawn_can_be_told_from_what_is_behind_it(report, scheme):
    found = colours(page_of(report), scheme)
    assert all(contrast(found[name], found[behind]) >= 4.5 for name in TEXT for behind in ("paper", "card"))
    assert all(contrast(found[name], found["paper"]) >= 3 for name in PICTURE)


def test_the_colours_of_the_dark_are_for_screens_alone(report):
    page = page_of(report)
    assert page.count("prefers-color-scheme: dark") == 1
    assert "@media screen and (prefers-color-scheme: dark)" in page
