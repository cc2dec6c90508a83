"""Comparing with a threshold in whole numbers: 以上 includes it, 超过 does not.

Source: Civil Code, art. 1259 (以上、以下、以内、届满 include the number; 不满、超过、以外 do not).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Threshold:
    """What a target asks for: a number of things, or a share of a whole as n/d."""

    numerator: int
    denominator: int = 1
    inclusive: bool = True
    share: bool = False

    def is_met(self, value: int, whole: int = 1) -> bool:
        """Say whether `value` (of `whole`, for a share) reaches the threshold."""
        reached, asked = value * self.denominator, self.numerator * whole
        return reached >= asked if self.inclusive else reached > asked

    def missing(self, value: int, whole: int = 1) -> int:
        """Return the smallest number of further things with which it would be met."""
        asked = self.numerator * whole
        if self.inclusive:
            needed = -(-asked // self.denominator)
        else:
            needed = asked // self.denominator + 1
        return max(0, needed - value)
