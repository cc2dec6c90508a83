"""How Django's forms are set on our pages: `{{ form }}` in a template is enough."""

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    form_template_name = "ui/form.html"
    field_template_name = "ui/_field.html"
