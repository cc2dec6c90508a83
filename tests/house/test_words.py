"""Every model has its Chinese name and its line in the glossary."""

from django.db.models import Model

from tests.house.sources import ROOT, models


def test_every_model_has_a_chinese_name():
    bare = [
        model.__name__
        for model in models()
        if model._meta.verbose_name == model._meta.model_name
        or str(model._meta.verbose_name).isascii()
    ]

    assert bare == []


def test_every_model_is_in_the_glossary():
    glossary = (ROOT / "docs" / "glossary.md").read_text()

    assert [model.__name__ for model in models() if f"`{model.__name__}`" not in glossary] == []


def test_every_model_says_what_it_is():
    undocumented = [
        model.__name__
        for model in models()
        if not model.__doc__ or model.__doc__.startswith(f"{model.__name__}(")
    ]

    assert Model in models()[0].__mro__
    assert undocumented == []
