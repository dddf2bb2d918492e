"""Rows handed out as a file: a table for spreadsheets, in which nothing is ever taken for a formula, or the same as JSON."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.bilingual.languages import current, speaking

#: A cell that begins with one of these is run by a spreadsheet; the last four are their wide forms.
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: Without it Excel takes the letters for those of another alphabet.
MARK = "\ufeff"
BATCH = 500


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name for programs, its heading for people, and what stands in it. `code`: what JSON has instead of the words."""

    name: str
    label: str | Promise
    value: Callable[[Any], Any]
    code: Callable[[Any], Any] | None = None


class _Line:
    """Gives `csv` a place to write to, and the line that it wrote to whoever asked."""

    def write(self, text: str) -> str:
        return text


def cell(value: Any) -> str | int | float:
    """`value` as a cell: numbers stay numbers, and a text that a spreadsheet would run is marked as a text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if text.startswith(RUNS) else text


def csv_file(name: str, heads: Sequence[str | Promise], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """A table as CSV, in the language of the page, line by line as it is asked for."""
    language, write = current(), csv.writer(_Line(), quoting=csv.QUOTE_ALL).writerow

    def lines() -> Iterator[str]:
        remaining = iter(rows)
        with speaking(language):
            first = MARK + write([cell(head) for head in heads])
        yield first
        while True:
            with speaking(language):  # never across a yield: whoever asks for the next line may speak another
                row = next(remaining, None)
                line = None if row is None else write([cell(value) for value in row])
            if line is None:
                return
            yield line

    return _file(lines(), name, "csv", "text/csv")


def json_file(name: str, rows: Iterable[dict[str, Any]]) -> StreamingHttpResponse:
    """The same as a list of objects."""
    language = current()

    def parts() -> Iterator[str]:
        remaining, before = iter(rows), "[\n"
        while True:
            with speaking(language):
                row = next(remaining, None)
                part = None if row is None else json.dumps(row, ensure_ascii=False, default=_as_json)
            if part is None:
                yield "\n]\n" if before != "[\n" else "[]\n"
                return
            yield before + part
            before = ",\n"

    return _file(parts(), name, "json", "application/json")


def _as_json(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _file(content: Iterator[str], name: str, ending: str, content_type: str) -> StreamingHttpResponse:
    made = StreamingHttpResponse(content, content_type=f"{content_type}; charset=utf-8")
    made["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    made["Cache-Control"] = "private, no-store"
    return made


class ExportAdmin:
    """For a `ModelAdmin`: two actions that hand out the chosen rows."""

    opts: Any

    def export_columns(self, request: HttpRequest) -> list[Column]:
        """Those that this person may see."""
        raise NotImplementedError

    def export_rows(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """With what the columns need at hand."""
        return queryset

    @admin.action(description=_("Export as CSV, for a spreadsheet"), permissions=["view"])
    def export_csv(self, request: HttpRequest, queryset: QuerySet[Any]) -> StreamingHttpResponse:
        columns = self.export_columns(request)
        rows = self.export_rows(queryset).iterator(BATCH)
        found = ([column.value(row) for column in columns] for row in rows)
        return csv_file(self._export_name(), [column.label for column in columns], found)

    @admin.action(description=_("Export as JSON"), permissions=["view"])
    def export_json(self, request: HttpRequest, queryset: QuerySet[Any]) -> StreamingHttpResponse:
        columns = self.export_columns(request)
        rows = self.export_rows(queryset).iterator(BATCH)
        found = ({column.name: (column.code or column.value)(row) for column in columns} for row in rows)
        return json_file(self._export_name(), found)

    def _export_name(self) -> str:
        return slugify(str(self.opts.verbose_name_plural))
