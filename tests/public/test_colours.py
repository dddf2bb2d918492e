"""Every pair of colours that a reader must tell apart."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = (Path(settings.BASE_DIR) / "static" / "site.css").read_text()
ROOTS = [
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block)) for block in re.findall(r":root \{(.*?)\}", CSS, re.S)
]
LIGHT = ROOTS[0]
DARK = LIGHT | next(tokens for tokens in ROOTS[1:] if tokens.get("paper") == "#14191c")
HUES = [f"hue-{number}" for number in range(1, 9)]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


TEXTS = [
    *[(text, "paper") for text in ("ink", "slate", "green", "ochre", "brick")],
    *[(text, "wash") for text in ("ink", "slate", "green")],
    *[("ink", hue) for hue in HUES],
    ("on-green", "green"),
    ("focus-ink", "focus"),
]


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_can_be_read(scheme: dict[str, str], text: str, ground: str) -> None:
    assert contrast(scheme[text], scheme[ground]) >= 7


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("line", "ground"), [("control", "paper"), ("control", "wash"), ("ink", "paper"), ("green", "paper")]
)
def test_boundaries_can_be_seen(scheme: dict[str, str], line: str, ground: str) -> None:
    assert contrast(scheme[line], scheme[ground]) >= 3


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_hues_are_of_equal_lightness(scheme: dict[str, str]) -> None:
    lights = [luminance(scheme[hue]) for hue in HUES]
    assert len({scheme[hue] for hue in HUES}) == 8
    assert max(lights) - min(lights) < 0.05
