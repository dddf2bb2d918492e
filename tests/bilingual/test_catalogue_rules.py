"""Every rule on a made-up catalogue: the sound one has no finding, and each fault has its own and no other."""

from pathlib import Path

import pytest

from foundation.bilingual.catalogue import RULES, WELSH_PLURAL_FORMS, Finding, check, stale

HEADER = rf"""msgid ""
msgstr ""
"Language: cy\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: {WELSH_PLURAL_FORMS}\n"

"""
GREETING = 'msgid "Hello, %(name)s"\nmsgstr "Helo, %(name)s"\n\n'
FORMS = ["Dim ysgolion", "Un ysgol", "Dwy ysgol", "%(count)s ysgol", "%(count)s ysgol", "%(count)s ysgol"]


def plural(forms: list[str], msgid: str = "One school", msgid_plural: str = "%(count)s schools") -> str:
    lines = [f'msgid "{msgid}"', f'msgid_plural "{msgid_plural}"']
    return "\n".join([*lines, *(f'msgstr[{n}] "{form}"' for n, form in enumerate(forms)), "", ""])


def written(folder: Path, *parts: str, name: str = "django.po") -> Path:
    path = folder / name
    path.write_text("".join(parts), encoding="utf-8")
    return path


def rules(findings: list[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


def test_sound_catalogue_has_no_finding(tmp_path: Path) -> None:
    assert check(written(tmp_path, HEADER, GREETING, plural(FORMS))) == []


@pytest.mark.parametrize(
    ("entry", "rule", "excerpt"),
    [
        ('msgid "Home"\nmsgstr ""\n', "empty", ""),
        ('msgid "Home"\nmsgstr " "\n', "empty", ""),
        (plural([*FORMS[:5], ""]), "empty", ""),
        ('#, fuzzy\nmsgid "Home"\nmsgstr "Hafan"\n', "fuzzy", ""),
        ('#~ msgid "Home"\n#~ msgstr "Hafan"\n', "obsolete", ""),
        (plural(FORMS[:4]), "plural-forms", "4 of 6"),
        ('msgid "For %(name)s"\nmsgstr "Diolch"\n', "placeholders", "%(name)s"),
        ('msgid "For you"\nmsgstr "Diolch, {name}"\n', "placeholders", "{name}"),
        ('msgid "%(n)d left"\nmsgstr "%(n)i ar ôl"\n', "placeholders", "%(n)d"),
        ('msgid "%s: %s"\nmsgstr "%s"\n', "placeholders", "%s"),
        (plural([*FORMS[:5], "%(name)s"]), "placeholders", "%(name)s"),
        ('msgid "For %(name)s"\nmsgstr "I %(name)s"\n', "bare-name", "I %(name)s"),
        (plural(["%(count)s i’r %(name)s"] * 6, msgid_plural="%(count)s %(name)s"), "bare-name", "’r %(name)s"),
        ('msgid "Search & find"\nmsgstr "Chwilio & chanfod"\n', "ampersand", "Chwilio & chanfod"),
        ('msgid "jS F Y"\nmsgstr "jS F Y"\n', "english-ordinal", "jS"),
    ],
)
def test_fault_is_found(tmp_path: Path, entry: str, rule: str, excerpt: str) -> None:
    findings = check(written(tmp_path, HEADER, GREETING, entry))
    assert excerpt in [finding.excerpt for finding in findings if finding.rule == rule]
    assert set(rules(findings)) == {rule}
    assert {finding.message for finding in findings}.isdisjoint({"Hello, %(name)s"})


def test_finding_says_where_what_why_and_how(tmp_path: Path) -> None:
    (finding,) = check(written(tmp_path, HEADER, 'msgid "For %(name)s"\nmsgstr "I %(name)s"\n'))
    assert finding == Finding("For %(name)s", "bare-name", 7, "I %(name)s")
    assert str(finding) == (
        'line 7: bare-name: "For %(name)s" [I %(name)s]. The word before it mutates the name or depends on its first '
        'sound, which nobody knows in advance. Put a noun in front of the name ("ysgol %(name)s"), or turn the '
        "sentence round."
    )


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_gives_its_reason_and_one_sentence_of_mending(rule: str) -> None:
    finding = Finding("", rule)
    assert finding.reason.endswith(".")
    assert finding.mend.endswith((".", '."'))


@pytest.mark.parametrize(
    "forms",
    [
        "nplurals=2; plural=(n != 1);",
        "nplurals=4; plural=(n==1) ? 0 : (n==2) ? 1 : (n != 8 && n != 11) ? 2 : 3;",
        "nplurals=5; plural=(n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 0);",
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==4 ? 3 : n==6 ? 4 : 5);",
        "nplurals=6; plural=nonsense;",
        "nplurals=INTEGER; plural=EXPRESSION;",
    ],
)
def test_other_plural_headers_are_found(tmp_path: Path, forms: str) -> None:
    assert "header" in rules(check(written(tmp_path, HEADER.replace(WELSH_PLURAL_FORMS, forms), GREETING)))
    assert "header" in rules(check(written(tmp_path, HEADER.replace(WELSH_PLURAL_FORMS, forms), plural(FORMS))))


def test_header_may_be_written_in_another_way(tmp_path: Path) -> None:
    other = "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5;"
    assert check(written(tmp_path, HEADER.replace(WELSH_PLURAL_FORMS, other), GREETING)) == []


def test_catalogue_without_header(tmp_path: Path) -> None:
    assert rules(check(written(tmp_path, GREETING))) == ["header"]


def test_catalogue_that_cannot_be_read(tmp_path: Path) -> None:
    (finding,) = check(written(tmp_path, HEADER, GREETING, 'msgid "Home"\nnonsense\n'))
    assert (finding.rule, finding.line) == ("unreadable", 11)
    assert rules(check(written(tmp_path, HEADER, plural([*FORMS, "saith"])))) == ["unreadable"]
    (finding, header) = check(written(tmp_path, HEADER.replace("nplurals=6", "nplurals=six"), GREETING))
    assert (finding.rule, finding.line, header.rule) == ("unreadable", None, "header")
    with pytest.raises(FileNotFoundError):
        check(tmp_path / "nowhere.po")


def test_plural_may_leave_out_the_figure_but_not_the_name(tmp_path: Path) -> None:
    forms = [form.replace("%(count)s", "%(count)s %(name)s") for form in FORMS]
    findings = check(written(tmp_path, HEADER, plural(forms, "One %(name)s", "%(count)s %(name)s")))
    assert [(finding.rule, finding.excerpt) for finding in findings] == [("placeholders", "%(name)s")] * 3


def test_named_placeholder_may_be_repeated_and_a_bare_one_not(tmp_path: Path) -> None:
    assert check(written(tmp_path, HEADER, 'msgid "%(name)s!"\nmsgstr "%(name)s, %(name)s!"\n')) == []
    assert rules(check(written(tmp_path, HEADER, 'msgid "%s!"\nmsgstr "%s, %s!"\n'))) == ["placeholders"]


XGETTEXT_HEADER = r"""#, fuzzy
msgid ""
msgstr ""
"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\n"

"""


def test_stale_catalogue(tmp_path: Path) -> None:
    catalogue = written(tmp_path, HEADER, GREETING, plural(FORMS), 'msgctxt "verb"\nmsgid "Set"\nmsgstr "Gosod"\n')
    same = ['msgid "Hello, %(name)s"\nmsgstr ""\n\n', plural(["", ""])]
    template = written(tmp_path, XGETTEXT_HEADER, *same, 'msgctxt "noun"\nmsgid "Set"\nmsgstr ""\n', name="django.pot")
    assert stale(catalogue, template) == [Finding("Set", "missing", None, "noun"), Finding("Set", "extra", 20, "verb")]


def test_catalogue_in_step_with_its_template(tmp_path: Path) -> None:
    catalogue = written(tmp_path, HEADER, GREETING, '#~ msgid "Gone"\n#~ msgstr "Wedi mynd"\n')
    template = written(tmp_path, XGETTEXT_HEADER, 'msgid "Hello, %(name)s"\nmsgstr ""\n', name="django.pot")
    assert stale(catalogue, template) == []


def test_singular_that_became_plural_is_stale(tmp_path: Path) -> None:
    catalogue = written(tmp_path, HEADER, 'msgid "One school"\nmsgstr "Un ysgol"\n')
    template = written(tmp_path, XGETTEXT_HEADER, plural(["", ""]), name="django.pot")
    assert rules(stale(catalogue, template)) == ["missing", "extra"]
