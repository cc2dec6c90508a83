"""Words that go with an act: there, and no longer than their column."""

from django.db import models
from django.utils.translation import gettext as _

from jiceng.documents.models import Document
from jiceng.documents.refusals import WrongWords


def within(field: str, words: str) -> str:
    """Return words that are there and fit their column.

    Raises:
        WrongWords: they do not; the sentence names the field.
    """
    column = Document._meta.get_field(field)
    assert isinstance(column, models.CharField)
    said = {"field": column.verbose_name, "limit": column.max_length}
    if not words:
        raise WrongWords(_("请填写%(field)s。") % said)
    if column.max_length is not None and len(words) > column.max_length:
        raise WrongWords(_("%(field)s超过 %(limit)d 个字。请改短后再提交。") % said)
    return words
