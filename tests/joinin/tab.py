"""A page of the form as it stands open in a tab: what it carries, what is typed into it, and its saves."""

from typing import Any

from django.test import Client

from tests.joinin.school import step
from tests.sweeps.forms import forms_of


class Tab:
    """A page of the form, opened once. It knows what a browser would send, and nothing else."""

    def __init__(self, client: Client, key: str, language: str = "en") -> None:
        self.client, self.key, self.language = client, key, language
        self.open(step(key, language))

    def open(self, path: str) -> None:
        self.take_over(self.client.get(path, follow=True))

    def take_over(self, response: Any) -> None:
        """Show an answer: the page at the end of its redirects, if it is one of the form."""
        self.page = response.content.decode()
        found = [form for form in forms_of(self.page, "/") if form.id == "page-form"]
        for field in found[0].fields if found else []:
            if field.kind == "textarea":
                field.value = field.value.removeprefix("\n")  # as browsers do
            elif field.kind == "checkbox":
                field.value = field.value or "on"
        self.data: dict[str, list[str]] = found[0].data() if found else {}
        self.status = response.status_code

    def type(self, **typed: str | list[str]) -> None:
        self.data |= {name: text if isinstance(text, list) else [text] for name, text in typed.items()}

    def save(self, **buttons: str) -> Any:
        """Press "Save and continue", or the button given, and look at what comes."""
        sent = {**self.data, **buttons}
        response = self.client.post(step(self.key, self.language), sent, follow=True)
        self.take_over(response)
        return response

    def autosave(self, *, arrives: bool = True) -> Any:
        """What the script does; `arrives=False`: the answer is lost on its way back."""
        self.data["turn"] = [str(int(self.data["turn"][0]) + 1)]
        response = self.client.post(step(self.key, self.language), {**self.data, "typing": "1"})
        if arrives and response.status_code == 200:
            self.data["made_from"] = [response.json()["made_from"]]
        return response
