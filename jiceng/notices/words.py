"""What the scan's finds are called on pages."""

from django.utils.translation import gettext_lazy as _

FOUND = {
    "id": _("身份证号"),
    "phone": _("手机号"),
    "landline": _("固定电话"),
    "card": _("银行卡号"),
    "number": _("很长的数字，可能是账号、证件号"),
    "masked": _("遮住一部分的号码，也不公开"),
    "plate": _("车牌号"),
    "address": _("门牌地址"),
    "health": _("健康、残疾、致困原因"),
    "complainant": _("信访、投诉、举报人"),
}
