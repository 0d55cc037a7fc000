"""How forms look: `{{ form.name.as_field_group }}` and `{{ form }}` give the desk's own markup, errors beside them."""

from django.forms.renderers import TemplatesSetting


class DeskForms(TemplatesSetting):
    """The renderer of every form of the desk."""

    form_template_name = "desk/form/form.html"
    field_template_name = "desk/form/field.html"
