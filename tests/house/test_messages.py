"""Which strings are found for the Welsh catalogue."""

from pathlib import Path

import pytest

from bin import messages

TEMPLATE = """{% load i18n %}
{# Translators: on the button #}
<p>{% translate "Send" %} {% translate "May" context "month" %} {{ _("Back") }}</p>
{% blocktranslate trimmed with name=user.name %}
    Hello %{{ name }},
    and welcome
{% endblocktranslate %}
{% blocktranslate trimmed count counter=n %}
    {{ counter }} story
{% plural %}
    {{ counter }} stories
{% endblocktranslate %}
"""
CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy
TITLE = _("A title, "
          "in two lines")
STATE = pgettext_lazy("case study", "draft")
def many(n): return ngettext("%(n)d day", "%(n)d days", n)
NOT = some_("nothing")
"""


def test_strings_of_templates_and_code_are_found(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(TEMPLATE)
    (tmp_path / "code.py").write_text(CODE)

    messages.extract()  # settings for reading templates
    found = {
        (context, message)
        for name in ("page.html", "code.py")
        for _line, message, _notes, context in messages.strings_in(tmp_path / name)
    }
    assert found == {
        (None, "Send"),
        ("month", "May"),
        (None, "Back"),
        (None, "Hello %%%(name)s, and welcome"),
        (None, ("%(counter)s story", "%(counter)s stories")),
        (None, "A title, in two lines"),
        ("case study", "draft"),
        (None, ("%(n)d day", "%(n)d days")),
    }


def test_the_site_has_strings_and_each_knows_where_it_stands() -> None:
    catalogue = messages.extract()

    assert len(catalogue) > 300
    assert all(message.locations for message in catalogue if message.id)


def test_an_update_keeps_the_welsh_adds_what_is_new_and_drops_what_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = tmp_path / "room"
    room.mkdir()
    (room / "code.py").write_text('from x import gettext as _\n_("Old")\n_("Gone")\n')
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "ROOMS", ("room",))
    monkeypatch.setattr(messages, "WELSH", tmp_path / "locale" / "cy" / "LC_MESSAGES" / "django.po")

    assert messages.report(messages.WELSH, messages.extract()) == 1  # there is none yet
    messages.update(messages.WELSH, messages.extract())
    text = messages.WELSH.read_text().replace('msgid "Old"\nmsgstr ""', 'msgid "Old"\nmsgstr "Hen"')
    messages.WELSH.write_text(text)
    (room / "code.py").write_text('from x import gettext as _\n_("Old")\n_("New")\n')
    assert messages.report(messages.WELSH, messages.extract()) == 1
    messages.update(messages.WELSH, messages.extract())

    stored = messages.WELSH.read_text()
    assert 'msgid "Old"\nmsgstr "Hen"' in stored
    assert 'msgid "New"\nmsgstr ""' in stored
    assert "Gone" not in stored
    messages.WELSH.write_text(stored.replace('msgid "New"\nmsgstr ""', 'msgid "New"\nmsgstr "Newydd"'))
    assert messages.report(messages.WELSH, messages.extract()) == 0
