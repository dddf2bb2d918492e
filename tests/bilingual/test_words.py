"""Plural categories, dates, days and lists of names, in both languages."""

from datetime import UTC, date, datetime

import pytest

from foundation.bilingual.words import (
    PLURAL_CATEGORIES,
    and_before,
    format_date,
    format_datetime,
    join_names,
    plural_category,
    weekday,
)

MONTHS = {
    "cy": "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr",
    "en": "January February March April May June July August September October November December",
}
DAYS = {
    "cy": "Dydd Llun, Dydd Mawrth, Dydd Mercher, Dydd Iau, Dydd Gwener, Dydd Sadwrn, Dydd Sul",
    "en": "Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday",
}


def test_plural_categories_from_nought_to_twelve() -> None:
    found = [plural_category(n) for n in range(13)]
    assert " ".join(found) == "zero one two few other other many other other other other other other"
    assert set(found) == set(PLURAL_CATEGORIES)
    assert [plural_category(n) for n in (13, 16, 20, 21, 36, 100, 101, 1_000_006)] == ["other"] * 8


@pytest.mark.parametrize("language", ["cy", "en"])
def test_every_month_and_day(language: str) -> None:
    assert [format_date(date(2026, month, 1), language) for month in range(1, 13)] == [
        f"1 {name} 2026" for name in MONTHS[language].split()
    ]
    assert [format_date(date(2026, 7, day), language) for day in range(1, 32)] == [
        f"{day} {MONTHS[language].split()[6]} 2026" for day in range(1, 32)
    ]
    assert [weekday(date(2026, 3, day), language) for day in range(2, 9)] == DAYS[language].split(", ")


def test_moment() -> None:
    moment = datetime(2026, 3, 1, 14, 2, tzinfo=UTC)
    assert format_datetime(moment, "cy") == "1 Mawrth 2026, 14:02"
    assert format_datetime(moment.replace(hour=0), "en") == "1 March 2026, 00:02"
    assert format_date(moment, "cy") == "1 Mawrth 2026"


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("ac", "Abertawe Elin iaith Iwan Owain Undeb wyth Wyn ŵyn ŵy Ynys âr Êl “Alun” (eraill)"),
        ("a", "Bangor Caernarfon Chwilog Ffion Haf Hywel Jên Llŷr Rhys Wrecsam Williams wal Zac"),
        ("ac", "mae Mae felly mewn nid roedd sydd wedi wedyn wrth"),
        ("a", "maes mawr mwy nifer"),
    ],
)
def test_and_before_a_word(link: str, words: str) -> None:
    for word in words.split():
        assert and_before(word) == link, word
    assert and_before(f"{words.split()[0]} Uchaf") == link


def test_and_before_a_number_follows_its_reading() -> None:
    with_ac = [n for n in range(101) if and_before(str(n)) == "ac"]
    assert with_ac == [1, 8, 11, 16, *range(80, 90)]
    assert [and_before(number) for number in ("800", "8000", "8,000", "11,000", "8,000,000")] == ["ac"] * 5
    assert [and_before(number) for number in ("100", "1000", "1,000", "1,100", "2026", "1984", "108")] == ["a"] * 7
    assert and_before("8 ysgol") == "ac"
    assert and_before("12 ysgol") == "a"


@pytest.mark.parametrize("nothing", ["", " ", "—"])
def test_and_before_nothing(nothing: str) -> None:
    assert and_before(nothing) == "a"


@pytest.mark.parametrize(
    ("names", "welsh", "english"),
    [
        ([], "", ""),
        (["Ann"], "Ann", "Ann"),
        (["Ann", "Bet"], "Ann a Bet", "Ann and Bet"),
        (["Bet", "Ann"], "Bet ac Ann", "Bet and Ann"),
        (["Ann", "Bet", "Cai"], "Ann, Bet a Cai", "Ann, Bet and Cai"),
        (["Ann", "Bet", "Elin"], "Ann, Bet ac Elin", "Ann, Bet and Elin"),
    ],
)
def test_names_in_a_list(names: list[str], welsh: str, english: str) -> None:
    assert join_names(names, "cy") == welsh
    assert join_names(names, "en") == english


@pytest.mark.parametrize("language", ["", "fr", "cy-gb"])
def test_unknown_language_is_refused(language: str) -> None:
    day = datetime(2026, 3, 1, tzinfo=UTC)
    for call in (format_date, format_datetime, weekday):
        with pytest.raises(ValueError, match="Unknown language"):
            call(day, language)
    with pytest.raises(ValueError, match="Unknown language"):
        join_names([], language)
