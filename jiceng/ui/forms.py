"""How Django's forms are set on our pages: `{{ form }}` in a template is enough."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.urls import reverse


class Renderer(DjangoTemplates):
    form_template_name = "ui/form.html"
    field_template_name = "ui/_field.html"


class Picker(forms.Widget):
    """Search as you type; the value sent is the chosen option's.

    Args:
        address: name of the address that answers `?q=` with options (docs/ui.md).
        shown: what a value already chosen is called, for the form shown again.
    """

    template_name = "ui/_picker.html"

    def __init__(self, address: str, shown: Callable[[str], str], **options: Any) -> None:
        super().__init__(**options)
        self.address = address
        self.shown = shown

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["address"] = reverse(self.address)
        context["widget"]["shown"] = self.shown(str(value)) if value else ""
        return context


def choose(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Give a field of choices what is known only when the form is made."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is no field of choices")
    field.choices = list(choices)
