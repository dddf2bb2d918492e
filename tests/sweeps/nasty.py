"""What people, programs and attackers type and send."""

import html
import re
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings

MARK = "zqxj"
#: For every box. A box that takes numbers, dates or JSON gets the same as one that takes words.
TEXTS = {
    "markup": f"{MARK}<script>alert(7)</script><img src=x onerror=alert(7)>\"'><svg onload=alert(7)></textarea>&lt;b&gt;&",
    "template": f"{MARK}{{{{ 7*7 }}}}{{{{ settings.SECRET_KEY }}}}{{% now 'Y' %}}{{% include 'x' %}}%(name)s%s%{{0}}${{7*7}}",
    "control characters": f"{MARK}\x00\x01\x07\x0b\x1b[31m\x7f\x85\ufeff\ufffe\r\nBcc: a@b.example\r\n",
    "right to left": f"{MARK}\u202eمرحبا\u202c \u2066שלום\u2069 abc\u200f",
    "emoji": f"{MARK}👩🏽‍🏫🏴󠁧󠁢󠁷󠁬󠁳󠁿Z̷̛a̷l̷g̷o̷ŵŷ\U0010ffff",
    "one long word": MARK + "llanfair" * 2000,
    "lone surrogates": f"{MARK}\ud800x\udfff",
    "a huge number": "9" * 400,
    "a number too large for a column": "9223372036854775808",
    "a negative number": "-1",
    "a number in other digits": "١٢",
    "no number": "1e999",
    "the first date": "0001-01-01T00:00",
    "the last date": "9999-12-31T23:59",
    "no date": "2026-02-30T25:61",
    "deep JSON": "[" * 50_000,
    "strange JSON": '{"title": NaN, "author": [{"family": {}}], "issued": {"date-parts": [[1e999]]}, "type": null}',
    "a path": "../../../../etc/passwd",
    "an address elsewhere": "//evil.example/%0d%0aSet-Cookie:x=1",
    "SQL": f"{MARK}'; DROP TABLE people_user; -- %_\\",
    "spaces": " \t\u00a0\u200b\u2028",
    "nothing": "",
}
#: For a part of a path, as it stands in the request.
PATHS = [quote(text, safe="", errors="surrogatepass")[:2000] for name, text in TEXTS.items() if name not in ("deep JSON", "nothing")]  # fmt: skip
PATHS += ["%ff%fe", "%00", "0", "_5F", "_", "..", "1%2F2", "a/b/c"]

BOUNDARY = "multipart/form-data; boundary=grwn"
PART = b'--grwn\r\nContent-Disposition: form-data; name="%s"%s\r\n%s\r\n%s'
#: Bodies that no form of ours sends: the type they claim to be, and their bytes.
BODIES: dict[str, tuple[str, bytes]] = {
    "no UTF-8": ("application/x-www-form-urlencoded", b"title_cy=%ff%fe&%ED%A0%80=%00&=&&&;q=%zz&reason=%c3"),
    "an unknown character set": ("application/x-www-form-urlencoded; charset=klingon", b"name=a"),
    "another character set": ("application/x-www-form-urlencoded; charset=utf-16", b"\xff\xfen\x00=\x00a\x00"),
    "multipart without a boundary": ("multipart/form-data", b"--\r\nx"),
    "multipart with a boundary that is none": ("multipart/form-data; boundary=\xff", b"--\r\nx"),
    "multipart cut short": (BOUNDARY, PART % (b"title_cy", b"", b"", b"abc")),
    "multipart that is none": (BOUNDARY, b"\x00\xff" * 50),
    "multipart with broken base64": (BOUNDARY, PART % (b"picture", b"", b"Content-Transfer-Encoding: base64\r\n", b"=a=\r\n--grwn--")),
    "a file with a strange name": (
        BOUNDARY, PART % (b"picture", b'; filename="../\xff\x00<script>.png"', b"Content-Type: image/png\r\n", b"x\r\n--grwn--\r\n"),
    ),
    "JSON": ("application/json", b'{"title_cy": "a", "_do": {"x": []}}'),
    "JSON cut short": ("application/json", b'{"title_cy": '),
    "plain text": ("text/plain", b"\xff\x00 name=a"),
    "no type": ("", b"name=a"),
    "too many fields": ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % number for number in range(2500))),
    "broken counts of rows": (
        "application/x-www-form-urlencoded",
        b"&".join(b"%s-%s_FORMS=%s" % (name, count, value)
                  for name in (b"references", b"connections", b"hallmarks", b"pictures")
                  for count, value in ((b"TOTAL", b"99999999999"), (b"INITIAL", b"-1"), (b"MAX_NUM", b"x"))),
    ),
}  # fmt: skip
ENCODED = "application/x-www-form-urlencoded"


def encoded(data: dict[str, list[str]]) -> str:
    return urlencode(data, doseq=True, errors="surrogatepass")


def body_of(answer: Any) -> str:
    """The text of an answer; of a file none, but it is read and closed (without the signal that closes the database)."""
    if answer.streaming:
        b"".join(answer.streaming_content)
        for close in answer._resource_closers:
            close()
        return ""
    return str(answer.content.decode("utf-8", "replace"))


def faults(answer: Any) -> list[str]:
    """A failure of ours, or input that runs."""
    page = body_of(answer)
    if answer.status_code >= 500:
        return [f"answers {answer.status_code}: {_cause(answer)}"]
    found = [f"a line in a header: {name}" for name, value in answer.items() if "\n" in str(value)]
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return found
    runs = ("<script>alert(7)", "<img src=x", "<svg onload", f"{MARK}49", settings.SECRET_KEY)
    return found + [f"runs {mark}" for mark in runs if mark in page]


def _cause(answer: Any) -> str:
    info = getattr(answer, "exc_info", None)
    return repr(info[1])[:300] if info else ""


def tidy(text: str) -> str:
    """A text as far as its keeping matters: NUL cannot be kept anywhere, the ends of lines are the browser's own."""
    text = text.replace("\0", "").encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return re.sub(r"\r\n?", "\n", text)


def is_kept(typed: str, page: str) -> bool:
    return tidy(typed).strip() in tidy(html.unescape(page))
