"""What targets ask for as people read it, in the language of the page."""

from django.utils.translation import gettext as _

from jiceng.programmes.definition import Target, Threshold


def asked_by(target: Target) -> str:
    """Return what is asked for: 50%以上, 超过50%, 全部, 至少 4 个村, 超过 4 个村."""
    threshold = target.threshold
    if threshold.share:
        return _share(threshold)
    least = _("至少 %(number)d %(unit)s") if threshold.inclusive else _("超过 %(number)d %(unit)s")
    return least % {"number": threshold.numerator, "unit": target.measured_in}


def _share(threshold: Threshold) -> str:
    if threshold.numerator == threshold.denominator and threshold.inclusive:
        return _("全部")
    least = _("%s以上") if threshold.inclusive else _("超过%s")
    hundredths, rest = divmod(100 * threshold.numerator, threshold.denominator)
    exact = f"{threshold.numerator}/{threshold.denominator}"
    return least % (exact if rest else f"{hundredths}%")
