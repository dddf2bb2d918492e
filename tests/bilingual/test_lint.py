"""The three lints and the reading of placeholders, on strings with and without the fault."""

import pytest

from foundation.bilingual.lint import ampersand, bare_name_after_mutating_word, english_ordinal, placeholders

# The words of BILINGUAL.md, rule 19, and the others that mutate.
MUTATING = (
    "i o yn gan ar am at dan dros drwy trwy heb hyd neu a â gyda tua y yr ac ag gydag tuag na nac wrth fy dy ei ein eu "
    "un dau dwy tri chwe pa dyma dyna dacw hen prif ail holl unrhyw tan tros ym yng rhyw ambell"
)
HARMLESS = "mewn ger rhwng wedi fel eich ysgol enw gwaith athro mai sef cyn"


@pytest.mark.parametrize("word", MUTATING.split())
def test_bare_name_is_found_after(word: str) -> None:
    for place in ("%(name)s", "{name}", "%s", "{}", "{{ name }}", "{{ study.school_name|title }}"):
        assert bare_name_after_mutating_word(f"Diolch {word} {place}.") == [f"{word} {place}"]
    assert bare_name_after_mutating_word(f"{word.capitalize()} %(name)s") == [f"{word.capitalize()} %(name)s"]
    assert bare_name_after_mutating_word(f"{word} ysgol %(name)s") == []


@pytest.mark.parametrize("word", HARMLESS.split())
def test_bare_name_may_stand_after(word: str) -> None:
    assert bare_name_after_mutating_word(f"{word.capitalize()} {word} %(name)s") == []


@pytest.mark.parametrize("clitic", ["i’r", "i'r", "a’i", "mae’n", "i’w", "a’th"])
def test_bare_name_is_found_after_a_short_form(clitic: str) -> None:
    assert len(bare_name_after_mutating_word(f"{clitic} %(name)s")) == 1
    assert bare_name_after_mutating_word(f"{clitic} ysgol %(name)s") == []


@pytest.mark.parametrize(
    "place",
    [
        "%(count)s",
        "%(start_date)s",
        "{{ study.url }}",
        "{page_number}",
        "%(email)s",
        "{{ year }}",
        "%d",
        "%(anything)d",
        "{:d}",
        "{share:.1f}",
        "%(limit_value)s",
        "%(n)s",
        "{id}",
    ],
)
def test_figures_dates_and_addresses_do_not_mutate(place: str) -> None:
    assert bare_name_after_mutating_word(f"ar {place}, o {place}") == []


@pytest.mark.parametrize("place", ["%(page_title)s", "%(county)s", "%(account)s", "{number_name}", "%(month)s"])
def test_a_name_that_only_resembles_a_figure_is_a_name(place: str) -> None:
    assert len(bare_name_after_mutating_word(f"ar {place}")) == 1


@pytest.mark.parametrize(
    ("msgstr", "excerpts"),
    [
        ("i <a href='%(url)s'>%(name)s</a>", ["i <a href='%(url)s'>%(name)s"]),
        ("gan\n<strong>{name}</strong>", ["gan <strong>{name}"]),
        ("i %(name)s a %(other)s", ["i %(name)s", "a %(other)s"]),
        ("am “%(title)s”", []),
        ("yn ‘%(title)s’", []),
        ("a “%(title)s”", ["a “%(title)s"]),
        ("gyda “%(title)s”", ["gyda “%(title)s"]),
        ("hawl-i %(name)s", []),
        ("ysgolion %(name)s", []),
        ("o, %(name)s", []),
        ("100%% o %(name)s", ["o %(name)s"]),
        ("i %%(name)s", []),
        ("i ysgol", []),
        ("", []),
    ],
)
def test_what_stands_between(msgstr: str, excerpts: list[str]) -> None:
    assert bare_name_after_mutating_word(msgstr) == excerpts


@pytest.mark.parametrize(
    ("msgstr", "excerpts"),
    [
        ("Dysgu & arwain", ["Dysgu & arwain"]),
        ("Dysgu &amp; arwain", ["Dysgu &amp; arwain"]),
        ("Ymchwil&Datblygu", ["Ymchwil&Datblygu"]),
        ("&", ["&"]),
        ("Dysgu ac arwain&nbsp;&#8217;&rsquo;&lt;", []),
        ("gweler https://example.org/?a=1&b=2", []),
        ('<a href="?a=1&b=2">gweler</a>', []),
        ("", []),
    ],
)
def test_ampersand(msgstr: str, excerpts: list[str]) -> None:
    assert ampersand(msgstr) == excerpts


@pytest.mark.parametrize(
    ("msgstr", "excerpts"),
    [
        ("1st Mawrth, 2nd, 3rd, 24th", ["1st", "2nd", "3rd", "24th"]),
        ("y %(day)sth", ["%(day)sth"]),
        ("{{ day }}st a {n}nd", ["{{ day }}st", "{n}nd"]),
        ("jS F Y", ["jS"]),
        ("1 Mawrth, y 1af, 2il, 4ydd, 5ed, 7fed", []),
        ("j F Y", []),
        ("3 rdw", []),
        ("21 thema", []),
        ("%(count)s thema", []),
    ],
)
def test_english_ordinal(msgstr: str, excerpts: list[str]) -> None:
    assert english_ordinal(msgstr) == excerpts


def test_placeholders_are_read_in_order() -> None:
    message = "%(name)s {study.title!r} {} {{ day|date:'j F' }} %s %d 100%% %%(no)s {{no}} %(share).1f {count:,}"
    assert [place.text for place in placeholders(message)] == [
        "%(name)s",
        "{study.title!r}",
        "{}",
        "{{ day|date:'j F' }}",
        "%s",
        "%d",
        "{{no}}",
        "%(share).1f",
        "{count:,}",
    ]
    assert [place.name for place in placeholders(message) if place.is_figure] == ["", "share", "count"]
