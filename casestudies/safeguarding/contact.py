"""Telephone numbers, email addresses and postal addresses, as they are written in the United Kingdom."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")

_GAP = r"[ \u00a0.–-]?"
# A pattern that begins with one of a few characters is found quickly: what may not stand before comes after it.
_NUMBER = re.compile(
    rf"[+(0](?<![\w/.:–-].)(?:(?<=\+)44{_GAP}(?:\(0\){_GAP})?|(?<=\()0|(?<=0))(?=[1-9])\d(?:{_GAP}\)?{_GAP}\d){{7,9}}"
    r"(?![\w/]|[.–-]\d)"
)
_LOCAL = re.compile(
    r"[TtPpMmFfSs](?<!\w.)(?:el(?:ephone)?|hone|ob(?:ile)?|f[oô]n|ymudol)\b\.?:?\s*(\d{3}[ -]?\d{2,4}(?:[ -]?\d{2,4})?)(?!\w)"
)
#: Words after which so many digits are a number of something else.
_OTHER_NUMBER = re.compile(
    r"(?:isbn|issn|doi|ref(?:erence)?\b|order|invoice|grant|charity|cyfeirnod|elusen|archeb|anfoneb)[^.!?\n]{0,30}$",
    re.IGNORECASE,
)

#: The letters that a postcode in the United Kingdom begins with.
_AREAS = frozenset(
    [
        "AB",
        "AL",
        "BA",
        "BB",
        "BD",
        "BH",
        "BL",
        "BN",
        "BR",
        "BS",
        "BT",
        "CA",
        "CB",
        "CF",
        "CH",
        "CM",
        "CO",
        "CR",
        "CT",
        "CV",
        "CW",
        "DA",
        "DD",
        "DE",
        "DG",
        "DH",
        "DL",
        "DN",
        "DT",
        "DY",
        "EC",
        "EH",
        "EN",
        "EX",
        "FK",
        "FY",
        "GL",
        "GU",
        "GY",
        "HA",
        "HD",
        "HG",
        "HP",
        "HR",
        "HS",
        "HU",
        "HX",
        "IG",
        "IM",
        "IP",
        "IV",
        "JE",
        "KA",
        "KT",
        "KW",
        "KY",
        "LA",
        "LD",
        "LE",
        "LL",
        "LN",
        "LS",
        "LU",
        "ME",
        "MK",
        "ML",
        "NE",
        "NG",
        "NN",
        "NP",
        "NR",
        "NW",
        "OL",
        "OX",
        "PA",
        "PE",
        "PH",
        "PL",
        "PO",
        "PR",
        "RG",
        "RH",
        "RM",
        "SA",
        "SE",
        "SG",
        "SK",
        "SL",
        "SM",
        "SN",
        "SO",
        "SP",
        "SR",
        "SS",
        "ST",
        "SW",
        "SY",
        "TA",
        "TD",
        "TF",
        "TN",
        "TQ",
        "TR",
        "TS",
        "TW",
        "UB",
        "WA",
        "WC",
        "WD",
        "WF",
        "WN",
        "WR",
        "WS",
        "WV",
        "YO",
        "ZE",
        "B",
        "E",
        "G",
        "L",
        "M",
        "N",
        "S",
        "W",
    ]
)
_POSTCODE = r"([A-Z][A-Z]?)\d[\dA-Z]?[ \u00a0]?\d[ABD-HJLNP-UW-Z]{2}(?![A-Za-z0-9])"
_HOUSE = r"\d(?<![\w/.,–-].)(?!(?<=[12])(?:9|0)\d\d\b)\d{0,3}[A-Za-z]?,?[ ]"
_ENGLISH = r"(?:[A-Z][\w’']+[ ]){1,3}(?:Street|Road|Lane|Avenue|Close|Drive|Crescent|Terrace|Court|Gardens|Grove|Row|St|Rd|Ave)\b"
_WELSH = (
    r"(?:Stryd|Heol|Ffordd|Lôn|Rhodfa|Clos|Teras|Rhes|Maes(?! Dysgu))[ ](?:(?:y|yr|Y|Yr|a|ac)[ ])?[A-ZÂÊÎÔÛŴŶ][\w’']+"
    r"(?:[ ][A-ZÂÊÎÔÛŴŶ][\w’']+)?"
)
_LINE = re.compile(rf"{_HOUSE}(?:{_WELSH}|{_ENGLISH})")
_CODE = re.compile(_POSTCODE.replace("([A-Z][A-Z]?)", r"([A-Z](?<![A-Za-z0-9].)[A-Z]?)"))
#: The number of a year group or a class.
_NO_HOUSE = re.compile(r"(?:[Yy]ear|Yr\.?|lwyddyn|Bl\.|[Cc]lass|osbarth) $")
_TOWN = re.compile(rf"[^.!?]{{0,60}}?\b{_POSTCODE}")


def emails(text: str) -> Iterator[Span]:
    """Anything with an @ between a name and a host."""
    if "@" in text:
        yield from (match.span() for match in _EMAIL.finditer(text))


def telephones(text: str) -> Iterator[Span]:
    """Ten or eleven digits that begin with 0, or the same after +44; fewer where the text says that they are a telephone's."""
    for match in _NUMBER.finditer(text):
        if _is_telephone(match[0]) and not _OTHER_NUMBER.search(text[max(0, match.start() - 45) : match.start()]):
            yield match.span()
    yield from (match.span(1) for match in _LOCAL.finditer(text) if not match[1].startswith("0"))


def _is_telephone(number: str) -> bool:
    if number.startswith("0") and len(re.match(r"\d+", number)[0]) < 3:  # type: ignore[index]
        return False  # an area code is not cut in two
    digits = re.sub(r"\D", "", number.replace("(0)", "")).removeprefix("44" if number.startswith("+") else "0")
    return len(digits) == 10 if digits[0] in "2378" else digits[0] == "1" and len(digits) in (9, 10)


def addresses(text: str) -> Iterator[Span]:
    """A house number and its street, with the postcode where one follows; or a postcode alone."""
    for line in _LINE.finditer(text):
        if _NO_HOUSE.search(text[max(0, line.start() - 12) : line.start()]):
            continue
        town = _TOWN.match(text, line.end())
        yield line.start(), town.end() if town and town[1] in _AREAS else line.end()
    yield from (match.span() for match in _CODE.finditer(text) if match[1] in _AREAS)
