"""Drawing a poster with fpdf2, in the site's typeface. The same story always gives the same bytes.

The fonts are `static/fonts/darllen-roman.woff2` at two weights, unpacked by fontTools: a PDF holds no woff2.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import MethodReturnValue

from casestudies.models import CaseStudyEdition
from foundation.bilingual.addresses import absolute, address_in
from foundation.bilingual.languages import Language, speaking, words

_FONTS = Path(__file__).resolve().parent / "fonts"
INK, GREEN, QUIET = (29, 36, 32), (22, 85, 62), (84, 94, 88)
#: Millimetres.
MARGIN, QR, HALF = 20.0, 58.0, 128.0
WIDTH = 210 - 2 * MARGIN
POINT = 0.3528


def drawn(edition: CaseStudyEdition) -> bytes:
    """A4, upright: the Welsh half above the English one, alike in everything."""
    pdf = FPDF(format="A4", unit="mm")
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.set_creation_date(edition.live_since)
    pdf.set_lang("cy")
    pdf.set_title(" / ".join(words(edition, "title", edition.language_shown(one)) for one in Language.values))
    pdf.add_font("Darllen", "", _FONTS / "darllen-regular.ttf")
    pdf.add_font("Darllen", "B", _FONTS / "darllen-bold.ttf")
    pdf.add_page()
    for number, language in enumerate(Language):
        with speaking(language):
            _half(pdf, edition, language, MARGIN + number * HALF)
    pdf.set_draw_color(*GREEN)
    pdf.line(MARGIN, MARGIN + HALF - 8, 210 - MARGIN, MARGIN + HALF - 8)
    return bytes(pdf.output())


def _half(pdf: FPDF, edition: CaseStudyEdition, language: Language, top: float) -> None:
    shown = edition.language_shown(language)
    pdf.set_text_color(*GREEN)
    _fitted(pdf, _("Leading Professional Learning"), "B", (14, 10), (MARGIN, top, WIDTH, 8))
    pdf.set_text_color(*INK)
    _fitted(pdf, words(edition, "title", shown), "B", (32, 14), (MARGIN, top + 10, WIDTH, 34))
    pdf.set_text_color(*QUIET)
    _fitted(pdf, words(edition, "setting_name", shown), "", (18, 10), (MARGIN, top + 46, WIDTH, 13))
    _code(pdf, absolute(address_in(language, edition), language), MARGIN, top + 60)
    beside = MARGIN + QR + 8
    pdf.set_text_color(*INK)
    _fitted(pdf, _("Read our story"), "B", (22, 14), (beside, top + 66, WIDTH - QR - 8, 20))
    _fitted(
        pdf,
        _("Point a telephone’s camera at the square, or type:"),
        "",
        (13, 10),
        (beside, top + 86, WIDTH - QR - 8, 12),
    )
    pdf.set_text_color(*GREEN)
    _fitted(pdf, short_address(edition, language), "B", (15, 8), (beside, top + 99, WIDTH - QR - 8, 14))


def short_address(edition: CaseStudyEdition, language: str) -> str:
    """The address to type: the site, and the reference number of the story."""
    path = reverse("short", kwargs={"reference": edition.content.reference})
    return f"{urlsplit(settings.LANGUAGE_URLS[language]).netloc}{path}"


Box = tuple[float, float, float, float]


def _fitted(pdf: FPDF, text: str, style: str, sizes: tuple[int, int], box: Box) -> None:
    """`text` in a box (left, top, width, height), as large as it fits between two sizes. What still does not fit is cut."""
    left, top, width, height = box
    text = " ".join(text.split())
    for size in range(sizes[0], sizes[1] - 1, -1):
        pdf.set_font("Darllen", style, size)
        step = size * POINT * 1.2
        found: Any = pdf.multi_cell(width, step, text, align="L", dry_run=True, output=MethodReturnValue.LINES)
        lines = [str(line) for line in found]
        if len(lines) * step <= height:
            break
    else:
        lines = lines[: int(height // step)]
        lines[-1] = f"{lines[-1][:-1].rstrip()}…"
    pdf.set_xy(left, top)
    pdf.multi_cell(width, step, "\n".join(lines), align="L")


def _code(pdf: FPDF, address: str, left: float, top: float) -> None:
    """The QR code of an address, as squares of ink: no picture, so it is sharp at every size."""
    rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix_iter(border=4)]
    side = QR / len(rows)
    pdf.set_fill_color(*INK)
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            run = next((n for n in range(x, len(row)) if not row[n]), len(row)) - x
            if run:
                pdf.rect(left + x * side, top + y * side, run * side, side + 0.01, style="F")
            x += max(run, 1)
