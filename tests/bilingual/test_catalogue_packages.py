"""Everything that Django and the packages may say to a person is said in Welsh."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.core.exceptions import ValidationError
from django.forms import DateField
from django.test import Client
from django.utils.dateformat import format as format_date
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext, npgettext, override, pgettext

from bin import messages, package_messages
from foundation.people.models import User

pytestmark = pytest.mark.page
#: What Welsh writes as English does: names, signs and units. Who adds to it has made sure of that.
ALIKE = {
    "", "%s GB", "%s KB", "%s MB", "%s PB", "%s TB", "%(class_name)s %(instance)s", "%(truncated_text)s…", ", ", ":", ":?.!", "…",
    "Afrikaans", "Esperanto", "Hindi", "IPv4", "IPv6", "Ido", "Igbo", "Interlingua", "Kannada", "Malayalam", "Marathi",
    "Swahili", "Tamil", "URL", "WebAuthn", "algorithm", "uid",
}  # fmt: skip


def spoken_alike(message: Message) -> bool:
    """Whether gettext answers in Welsh with the English."""
    if message.pluralizable:
        return any(plural_of(message, n) in message.id for n in range(13))
    return said(message) == message.id


def said(message: Message) -> str:
    text = str(message.id)
    return pgettext(message.context, text) if message.context else gettext(text)


def plural_of(message: Message, n: int) -> str:
    one, many = (str(form) for form in message.id)
    return npgettext(message.context, one, many, n) if message.context else ngettext(one, many, n)


def test_every_string_of_every_enabled_package_has_its_welsh() -> None:
    wanted = [message for message in package_messages.wanted("django") if message.id]
    with override("cy"):
        alike = {str(message.id) for message in wanted if spoken_alike(message)}

    assert alike - ALIKE == set()
    assert len(wanted) > 750
    assert {"django", "django.contrib.admin", "django.contrib.auth", "django_prose_editor", "allauth.mfa"} <= set(
        package_messages.packages()
    )


def test_our_catalogue_of_their_strings_is_whole_and_keeps_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    failed = package_messages.report_all()

    assert (failed, capsys.readouterr().out.count("0 findings in")) == (0, 4), capsys.readouterr().out


def test_we_do_not_say_a_thing_in_two_ways() -> None:
    """A string that stands in both catalogues is shown as in ours, also where a package asks for it."""
    ours = {package_messages.key_of(one): one.string for one in package_messages.messages_in(messages.WELSH)}
    theirs = package_messages.messages_in(package_messages.WELSH / "django.po")
    shared = [one for one in theirs if package_messages.key_of(one) in ours]

    assert {str(one.id): (one.string, ours[package_messages.key_of(one)]) for one in shared} == {
        str(one.id): (one.string, one.string) for one in shared
    }
    assert len(shared) > 5


@pytest.fixture
def fresh() -> Iterator[None]:
    """What was read off the packages is forgotten, before and after."""
    yield
    for cached in (package_messages.wanted, package_messages.welsh_of_theirs):
        cached.cache_clear()


@pytest.mark.usefixtures("fresh")
def test_a_new_package_without_welsh_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path / "newcomer"
    new.mkdir()
    (new / "forms.py").write_text('from x import gettext as _\n_("Nobody has said this before")\n')
    (new / "tests.py").write_text('from x import gettext as _\n_("Only its own tests say this")\n')
    with_new = {**package_messages.packages(), "newcomer": new}
    monkeypatch.setattr(package_messages, "packages", lambda: with_new)
    monkeypatch.setitem(package_messages.NEVER_SEEN, "newcomer/tests.py", "its own tests")
    package_messages.wanted.cache_clear()

    failed = package_messages.report_all()

    said_of_it = capsys.readouterr().out
    assert failed == 1
    assert "missing" in said_of_it
    assert "'Nobody has said this before'" in said_of_it
    assert "Only its own tests" not in said_of_it


def test_what_is_left_out_is_still_there_and_has_a_reason() -> None:
    """A reason that has outlived its file would hide the next string at that address."""
    top = Path(next(iter(package_messages.packages().values()))).parent.parent
    assert [start for start in package_messages.NEVER_SEEN if not (top / start).exists()] == []
    assert [start for start, reason in package_messages.NEVER_SEEN.items() if len(reason.split()) < 3] == []


# --- Django's own faults ----------------------------------------------------------------------------------------------------


@pytest.fixture
def in_welsh() -> Iterator[None]:
    with override("cy"):
        yield


@pytest.mark.usefixtures("in_welsh")
def test_djangos_known_faults_are_mended() -> None:
    assert format_date(date(2026, 7, 1), "j F Y") == "1 Gorffennaf 2026"
    assert format_date(date(2026, 7, 1), "j E Y") == "1 Gorffennaf 2026"
    with pytest.raises(ValidationError, match=r"^\['Rhowch ddyddiad dilys\.'\]$"):
        DateField().clean("ddoe")
    assert get_text_list(["un", "dau", "tri"], "neu") == "un, dau neu tri"


YEARS = {
    0: "0 mlynedd", 1: "1 flwyddyn", 2: "2 flynedd", 3: "3 blynedd", 4: "4 mlynedd", 5: "5 mlynedd", 6: "6 blynedd",
    7: "7 mlynedd", 8: "8 mlynedd", 9: "9 mlynedd", 10: "10 mlynedd", 11: "11 mlynedd", 12: "12 mlynedd",
}  # fmt: skip


@pytest.mark.usefixtures("in_welsh")
@pytest.mark.parametrize("n", range(13))
def test_plurals_of_the_packages_have_six_forms(n: int) -> None:
    assert ngettext("%(num)d year", "%(num)d years", n) % {"num": n} == YEARS[n]
    results = {2: "ganlyniad", 3: "chanlyniad", 6: "chanlyniad"}.get(n, "canlyniad")
    assert ngettext("%(counter)s result", "%(counter)s results", n) % {"counter": n} == f"{n} {results}"


# --- the scripts of the admin -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_scripts_of_the_admin_speak_welsh(administrator: User, client_of: Callable[[User], Client]) -> None:
    """The catalogue that the pages load, read as they read it."""
    User.objects.filter(pk=administrator.pk).update(language="cy")
    script = client_of(administrator).get("/admin/jsi18n/").content.decode()
    found = re.search(r"const newcatalog = (\{.*?\n\});?\s*for", script, re.DOTALL) or re.search(
        r"const newcatalog = (\{.*?\n  \});", script, re.DOTALL
    )
    assert found is not None
    catalogue = json.loads(found[1])

    wanted = [message for message in package_messages.wanted("djangojs") if message.id]
    lacking = []
    for message in wanted:
        single = message.id[0] if message.pluralizable else message.id
        key = f"{message.context}\x04{single}" if message.context else single
        texts = catalogue.get(key, "")
        whole = isinstance(texts, list) and len(texts) == 6 and all(texts) if message.pluralizable else bool(texts)
        if not whole:
            lacking.append(key)
    assert lacking == []
    assert len(wanted) > 100
    assert catalogue["%(sel)s of %(cnt)s selected"] == ["Dewiswyd %(sel)s o %(cnt)s"] * 6
    assert "n==6" in script.replace(" ", "")
