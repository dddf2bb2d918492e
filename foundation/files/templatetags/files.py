"""What templates say of files."""

from django import template

register = template.Library()


@register.filter
def file_size(size: int) -> str:
    """ "220 KB" or "1.4 MB": written alike in both languages."""
    kilobytes = max(1, round(size / 1024))
    return f"{kilobytes} KB" if kilobytes < 1000 else f"{size / 1024 / 1024:.1f} MB"
