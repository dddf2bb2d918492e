"""One picture withdrawn: at once out of everything that shows it, its files deleted, and the editors told."""

from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from casestudies.joinin.agreements import agreement_texts
from casestudies.models import CaseStudy, EditionPicture
from casestudies.services import proof_hash
from foundation.bilingual.languages import speaking
from foundation.correspondence.models import Message
from foundation.files.models import Picture
from foundation.record.models import Event
from tests.factories import CaseStudyFactory, EditionPictureFactory, PermissionFactory
from tests.joinin.school import address, opened
from tests.joinin.test_status import again

pytestmark = [pytest.mark.django_db, pytest.mark.page]


def press(case: CaseStudy, picture: Picture, client: Client | None = None) -> Any:
    return (client or opened(case)).post(address("withdraw_picture"), {"picture": picture.token}, follow=True)


def code_at(path: str, client: Client | None = None) -> int:
    response: Any = (client or Client()).get(path)
    assert not response.streaming or b"".join(response.streaming_content)
    return int(response.status_code)


def public(case: CaseStudy) -> Any:
    with speaking("en"):
        return Client().get(again(case).get_absolute_url())


@pytest.fixture
def shown() -> EditionPicture:
    """In the live edition and in a correction of it."""
    case = CaseStudyFactory.create(status="published", correction=True, contributor__language="cy")
    row = EditionPictureFactory.create(edition=again(case).live, shows_people=True)
    EditionPictureFactory.create(edition=again(case).working, picture=row.picture, shows_people=True)
    PermissionFactory.create(case_study=case, kind="pictures", picture=row.picture)
    return row


def test_it_leaves_the_page_the_correction_and_the_disk_at_once(
    shown: EditionPicture, django_capture_on_commit_callbacks: Any
) -> None:
    case, picture = shown.edition.content, shown.picture
    addresses = [picture.full_address, picture.small_address]
    files = [str(one.name) for one in picture.sizes.values()]
    before = public(case)
    assert picture.full_address in before.content.decode()
    assert [code_at(one) for one in addresses] == [200, 200]
    client = opened(case)
    with django_capture_on_commit_callbacks(execute=True):
        press(case, picture, client)
    with speaking("en"):
        after = Client().get(again(case).get_absolute_url(), headers={"if-none-match": before["ETag"]})
    assert (after.status_code, picture.token in after.content.decode()) == (200, False)
    assert [code_at(one) for one in addresses] == [404, 404]
    assert [code_at(one, client) for one in addresses] == [404, 404]
    assert [default_storage.exists(one) for one in files] == [False, False]
    assert not EditionPicture.objects.exists()
    assert again(case).status == "published"


def test_the_record_of_the_permission_stays_and_says_when_it_ended(shown: EditionPicture) -> None:
    case = shown.edition.content
    press(case, shown.picture)
    permission = case.permissions.get(kind="pictures")
    assert (permission.stands, permission.picture, permission.person) == (False, None, "Contributor")


def test_the_contributor_and_the_editors_are_told(shown: EditionPicture) -> None:
    case = shown.edition.content
    press(case, shown.picture)
    sent = Message.objects.filter(about=case.uuid).order_by("created_at").values_list("kind", "language", "event__code")
    assert list(sent) == [
        ("picture-withdrawn", "cy", "picture-withdrawn"), ("editor-picture-withdrawn", "both", "picture-withdrawn"),
    ]  # fmt: skip
    assert Event.objects.about(case.uuid).get(code="picture-withdrawn").role == "contributor"


def test_pressing_twice_does_it_once_and_a_strange_token_nothing(shown: EditionPicture) -> None:
    case, token = shown.edition.content, shown.picture.token
    other = EditionPictureFactory.create(edition=CaseStudyFactory.create(status="published").live)
    client = opened(case)
    for picture in (shown.picture, Picture(token=token), other.picture, Picture(token="")):
        assert press(case, picture, client).status_code == 200
    assert Event.objects.filter(code="picture-withdrawn").count() == 1
    assert list(EditionPicture.objects.all()) == [other]


def test_looking_shows_the_pictures_and_takes_none(shown: EditionPicture) -> None:
    case = shown.edition.content
    for language in ("cy", "en"):
        page = opened(case).get(address("withdraw_picture", language)).content.decode()
        assert page.count(f'value="{shown.picture.token}"') == 1
    assert "Copies that others have made already are not affected" in page
    assert EditionPicture.objects.count() == 2
    assert Client().get(address("withdraw_picture"))["Location"] == address("ask")


def test_before_publication_too_and_a_proof_that_was_read_is_another_now() -> None:
    case = CaseStudyFactory.create(status="with_contributor", edition__pictures=2)
    first, second = again(case).working.pictures.all()  # type: ignore[union-attr]
    client = opened(case)
    assert address("withdraw_picture") in client.get(address("status")).content.decode()
    read = proof_hash(again(case).working)  # type: ignore[arg-type]
    press(case, first.picture, client)
    assert list(again(case).working.pictures.all()) == [second]  # type: ignore[union-attr]
    data = {"version": again(case).version, "hash": read, "agree": "1"}
    assert client.post(address("proof"), data).status_code == 409


def test_what_is_typed_in_the_form_stays(shown: EditionPicture) -> None:
    case = CaseStudyFactory.create(status="changes_requested", edition__pictures=1)
    row, edition = EditionPicture.objects.get(edition__content=case), again(case).working
    typed = {f"alt_cy-{row.picture.token}": "Silff", "alt_cy-other": "Arall"}
    about = {"edition_version": edition.version}  # type: ignore[union-attr]
    case.draft.answers = {"pictures": typed, "impact": {"impact_cy": "Heb ei anfon"}, "_": about}
    case.draft.save()
    client = opened(case)
    press(case, row.picture, client)
    client.post(address("revise"), {"version": again(case).version})
    case = CaseStudy.objects.get(pk=case.pk)
    assert case.draft.answers["impact"] == {"impact_cy": "Heb ei anfon"}
    assert case.draft.answers["pictures"] == {"alt_cy-other": "Arall"}


def test_every_text_says_that_copies_already_made_are_not_affected() -> None:
    for kind in ("headteacher", "licence", "pictures"):
        text = agreement_texts()[kind]
        assert ("copies that others have already made" in text.en, "gopïau y mae eraill eisoes" in text.cy) == (
            True,
            True,
        )
    case = CaseStudyFactory.create(status="published")
    page = opened(case).get(address("withdraw")).content.decode()
    assert "Copies that others have made already are not affected" in page
