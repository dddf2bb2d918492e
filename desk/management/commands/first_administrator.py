"""`manage.py first_administrator`: somebody who can sign in and add the others."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from foundation.bilingual.languages import Language
from foundation.people.models import User

GROUP = "Administrators"


class Command(BaseCommand):
    help = "Create the first administrator, with a password made up here and printed once. Does nothing where there is one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", default="administrator@example.org", help="default: %(default)s")
        parser.add_argument("--name", default="Administrator", help="default: %(default)s")
        parser.add_argument(
            "--language", choices=Language.values, default=Language.EN.value, help="default: %(default)s"
        )
        parser.add_argument("--quiet", action="store_true", help="say nothing where there is one already")

    def handle(self, *, email: str, name: str, language: str, quiet: bool, **options: Any) -> None:
        if User.objects.filter(Q(groups__name=GROUP) | Q(is_superuser=True), is_active=True).exists():
            if not quiet:
                self.stdout.write("There is an administrator already: nothing was changed.")
            return
        password = _create(email=email, name=name, language=language)
        self.stdout.write(
            f"\nThe first administrator\n  email:     {email}\n  password:  {password}\n"
            "This password is not shown again. Change it, or run `manage.py changepassword` if it is lost.\n"
        )


@transaction.atomic
def _create(*, email: str, name: str, language: str) -> str:
    try:
        validate_email(email)
    except ValidationError as error:
        raise CommandError(f"{email} is not an email address.") from error
    if User.objects.filter(email__iexact=email).exists():
        raise CommandError(f"{email} belongs to somebody already. Name another with --email.")
    password = secrets.token_urlsafe(12)
    user = User.objects.create_user(email, password, name=name, language=language)
    user.groups.add(Group.objects.get(name=GROUP))
    return password
