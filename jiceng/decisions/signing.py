"""Whether enough have signed a joint demand, by a rule that wants a share of a roll or a number."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from jiceng.procedures.rolls import ROLLS, Counted
from jiceng.rules.queries import Rule
from jiceng.rules.values import Number, Ratio


@dataclass(frozen=True, slots=True)
class Signed:
    """How many signed, of whom; `needed` is None where the register does not know the roll."""

    signatures: int
    rule: Rule
    roll: str  # code
    counted: Counted

    @property
    def needed(self) -> int | None:
        value = self.rule.value
        if isinstance(value, Number):
            return value.count
        if isinstance(value, Ratio) and self.counted.count:
            return value.needed(self.counted.count)
        return None

    @property
    def enough(self) -> bool:
        return self.needed is not None and self.signatures >= self.needed

    @property
    def words(self) -> str:
        """Say what is short, or that nobody can say."""
        said = {
            "n": self.signatures,
            "needed": self.needed,
            "of": self.counted.count,
            "roll": ROLLS[self.roll].title,
        }
        if self.needed is None:
            return _("联名 %(n)d 人；名录没有登记%(roll)s人数，请核对够不够。") % said
        if isinstance(self.rule.value, Number):
            return _("联名 %(n)d 人，须 %(needed)d 人以上。") % said
        return _("联名 %(n)d 人，按%(roll)s %(of)d 人计须 %(needed)d 人以上。") % said
