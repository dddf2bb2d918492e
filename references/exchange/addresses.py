"""The last part of the addresses at which lists of works are handed out: `references.ris`, in Welsh `cyfeiriadau.ris`."""

from django.urls import register_converter
from django.utils.translation import gettext

from references.exchange.formats import Format

_FORMATS = "|".join(Format.values)


def file_name(file_format: str) -> str:
    """ "references.ris", in the words of the addresses of the reader's language."""
    return f"{gettext('references/').strip('/')}.{file_format}"


class FormatConverter:
    """The suffix of a format."""

    regex = _FORMATS

    def to_python(self, value: str) -> Format:
        return Format(value)

    def to_url(self, value: str) -> str:
        return str(Format(value).value)


class ListFile(FormatConverter):
    """The name of a list with its suffix, understood in both languages and written in the reader's."""

    regex = rf"(?:references|cyfeiriadau)\.(?:{_FORMATS})"

    def to_python(self, value: str) -> Format:
        return Format(value.rpartition(".")[2])

    def to_url(self, value: str) -> str:
        return file_name(Format(value))


def register() -> None:
    """Before any address is read; registering twice is an error, so only once."""
    register_converter(FormatConverter, "reference_format")
    register_converter(ListFile, "reference_list")
