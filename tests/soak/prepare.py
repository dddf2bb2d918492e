"""Run in a scratch site's environment: the database, the static files, and the least content that the story needs."""

import io

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from tests.factories import HallmarkFactory, administrator, editor  # noqa: E402

call_command("prepare", "--no-content", stdout=io.StringIO())
for number in (1, 2, 3):
    HallmarkFactory.create(number=number)
editor(email="golygydd@example.org", name="Golygydd")
administrator(email="gweinyddwr@example.org", name="Gweinyddwr")
