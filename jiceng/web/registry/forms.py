"""What is asked of an officer who changes a unit. Every form says its fields once."""

from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.core.shares import share_in
from jiceng.registry.kinds import kinds_at
from jiceng.registry.models import Unit
from jiceng.registry.models.units import Domain, Level, Tree
from jiceng.registry.queries import seat_of
from jiceng.ui.forms import choose
from jiceng.web.registry.fields import DayField, UnitField

PARTS = 4  # of a split; more are done by an edition's spreadsheet
_TYPED = {"autocomplete": "off"}


class ChangeForm(forms.Form):
    """What every change says: from which day on, and on which document it rests."""

    day = DayField(label=gettext_lazy("生效日"), help_text=gettext_lazy("从这一天起按改后的情况。"))
    document = forms.CharField(
        label=gettext_lazy("依据文件"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("文号，或文件名。"),
        widget=forms.TextInput(_TYPED),
    )

    def __init__(self, data: Any, *, unit: Unit, user: User) -> None:
        super().__init__(data, initial={"day": clock.today(), **self.given(unit)})
        self.unit, self.user = unit, user

    @staticmethod
    def given(unit: Unit) -> dict[str, object]:
        """Return what stands in the fields at first."""
        return {}

    def unit_field(self, tree: str, **options: Any) -> UnitField:
        return UnitField(self.user, "registry.edit", tree=tree, **options)


class RenameForm(ChangeForm):
    name = forms.CharField(
        label=gettext_lazy("名称"), max_length=80, widget=forms.TextInput(_TYPED)
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("类别"), help_text=gettext_lazy("村改社区的，在这里改类别。")
    )
    field_order = ["name", "kind", "day", "document"]

    def __init__(self, data: Any, *, unit: Unit, user: User) -> None:
        super().__init__(data, unit=unit, user=user)
        choose(self, "kind", _labelled(kinds_at(unit.tree, unit.level)))

    @staticmethod
    def given(unit: Unit) -> dict[str, object]:
        return {"name": unit.name, "kind": unit.kind}

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if (given.get("name"), given.get("kind")) == (self.unit.name, self.unit.kind):
            raise ValidationError(_("名称和类别都没有变。请写新的名称，或选新的类别。"))
        return given


class _CodeField(forms.CharField):
    """The official code: twelve digits for what the statistics number, letters too otherwise."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=32, widget=forms.TextInput(_TYPED), **options)

    def of(self, tree: str, level: int) -> None:
        if tree == Tree.DIVISION and level <= Level.VILLAGE:
            words = gettext_lazy("区划代码是 12 位数字。")
            self.validators.append(RegexValidator(r"^\d{12}$", words))
        else:
            words = gettext_lazy("代码由字母、数字和短横组成。")
            self.validators.append(RegexValidator(r"^[0-9A-Za-z-]+$", words))


class RecodeForm(ChangeForm):
    code = _CodeField(label=gettext_lazy("新代码"))
    field_order = ["code", "day", "document"]

    def __init__(self, data: Any, *, unit: Unit, user: User) -> None:
        super().__init__(data, unit=unit, user=user)
        _code_of(self).of(unit.tree, unit.level)

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if code == self.unit.code:
            raise ValidationError(_("代码没有变。"))
        return code


class MoveForm(ChangeForm):
    field_order = ["parent", "day", "document"]

    def __init__(self, data: Any, *, unit: Unit, user: User) -> None:
        super().__init__(data, unit=unit, user=user)
        self.fields["parent"] = self.unit_field(unit.tree, label=_("新的上级"))
        self.order_fields(self.field_order)


class SeatForm(ChangeForm):
    field_order = ["division", "day", "document"]

    def __init__(self, data: Any, *, unit: Unit, user: User) -> None:
        super().__init__(data, unit=unit, user=user)
        self.fields["division"] = self.unit_field(Tree.DIVISION, label=_("新的所在区划"))
        self.order_fields(self.field_order)
        del self.fields["document"]


class FoundForm(ChangeForm):
    """A division below a division."""

    name = forms.CharField(
        label=gettext_lazy("名称"), max_length=80, widget=forms.TextInput(_TYPED)
    )
    kind = forms.ChoiceField(label=gettext_lazy("类别"))
    code = _CodeField(label=gettext_lazy("代码"), required=False)
    field_order = ["name", "kind", "domain", "code", "parent", "seat", "day", "document"]

    def __init__(self, data: Any, *, unit: Unit, user: User) -> None:
        super().__init__(data, unit=unit, user=user)
        self.fields["day"].label = _("设立日")
        self.fields["day"].help_text = ""
        _code_of(self).of(self.tree, self.level)
        choose(self, "kind", _labelled(kinds_at(self.tree, self.level)))

    @property
    def tree(self) -> str:
        return str(Tree.DIVISION)

    @property
    def level(self) -> int:
        return self.unit.level + 1


class FoundOrganisationForm(FoundForm):
    """An organisation: below the one whose page it is, or seated in the division whose page it is."""

    domain = forms.ChoiceField(label=gettext_lazy("领域"), choices=Domain.choices)

    def __init__(self, data: Any, *, unit: Unit, user: User) -> None:
        super().__init__(data, unit=unit, user=user)
        self.fields["parent"] = self.unit_field(Tree.ORGANISATION, label=_("上级组织"))
        self.fields["seat"] = self.unit_field(Tree.DIVISION, label=_("所在区划"))
        self.order_fields(self.field_order)

    @staticmethod
    def given(unit: Unit) -> dict[str, object]:
        if unit.tree == Tree.DIVISION:
            return {"seat": unit.pk}
        return {"parent": unit.pk, "domain": unit.domain, "seat": seat_of(unit.pk, clock.today())}

    @property
    def tree(self) -> str:
        return str(Tree.ORGANISATION)


class EndForm(ChangeForm):
    """How a unit ends, in whom it goes on, and where those below it stand afterwards."""

    MERGER, SPLIT, ABOLITION = Unit.Ending.MERGER, Unit.Ending.SPLIT, Unit.Ending.ABOLITION
    outcome = forms.ChoiceField(
        label=gettext_lazy("怎样终止"),
        choices=[
            (MERGER, gettext_lazy("并入另一个单位")),
            (SPLIT, gettext_lazy("分设为几个单位")),
            (ABOLITION, gettext_lazy("撤销，没有承继单位")),
        ],
    )
    day_is_latest = forms.BooleanField(label=gettext_lazy("只知道不迟于这一天"), required=False)

    def __init__(self, data: Any, *, unit: Unit, user: User) -> None:
        super().__init__(data, unit=unit, user=user)
        self.fields["day"].label = _("终止日")
        self.fields["day"].help_text = _("从这一天起它不再存在，承继单位接续。")
        for part in range(1, PARTS + 1):
            self.fields[f"heir_{part}"] = self.unit_field(
                unit.tree,
                label=_("承继单位 %d") % part,
                required=False,
            )
            self.fields[f"share_{part}"] = forms.CharField(
                label=_("份额 %d") % part,
                required=False,
                max_length=11,
                widget=forms.TextInput({"placeholder": "1/2", **_TYPED}),
            )
        self.fields["below"] = self.unit_field(
            unit.tree,
            label=_("下级单位改属"),
            required=False,
            help_text=_("它还有下级的，改到哪个单位之下；不填就改到第一个承继单位之下。"),
        )

    def parts(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the fields of each heir and its share."""
        return [(self[f"heir_{part}"], self[f"share_{part}"]) for part in range(1, PARTS + 1)]

    def clean(self) -> dict[str, Any]:
        if self.errors:
            return self.cleaned_data
        number = sum(bool(self.cleaned_data[f"heir_{part}"]) for part in range(1, PARTS + 1))
        outcome = self.cleaned_data["outcome"]
        if outcome == self.MERGER and number != 1:
            self.add_error("heir_1", _("并入的，只写一个承继单位。"))
        elif outcome == self.SPLIT and number < 2:
            self.add_error("heir_1", _("分设的，至少写两个承继单位。"))
        elif outcome == self.ABOLITION and number:
            self.add_error("heir_1", _("撤销的，不写承继单位。"))
        else:
            self._read_shares(outcome)
        return self.cleaned_data

    def _read_shares(self, outcome: str) -> None:
        for part in range(1, PARTS + 1):
            field, heir = f"share_{part}", self.cleaned_data[f"heir_{part}"]
            share = _share_in(self.cleaned_data[field])
            if heir and outcome == self.SPLIT and share is None:
                self.add_error(field, _("请写明份额，例如 1/2。"))
            self.cleaned_data[field] = share if outcome == self.SPLIT else Fraction(1)

    def heirs(self) -> tuple[tuple[int, Fraction], ...]:
        given = self.cleaned_data
        return tuple(
            (given[f"heir_{part}"].pk, given[f"share_{part}"])
            for part in range(1, PARTS + 1)
            if given[f"heir_{part}"]
        )


def _share_in(text: str) -> Fraction | None:
    try:
        return share_in(text)
    except ValueError:
        return None


def _code_of(form: forms.Form) -> _CodeField:
    field = form.fields["code"]
    if not isinstance(field, _CodeField):
        raise TypeError("code is no field of codes")
    return field


def _labelled(kinds: Any) -> list[tuple[str, str]]:
    return [(kind.value, kind.label) for kind in kinds]
