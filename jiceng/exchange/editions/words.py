"""The reasons of proposals, in words a reviewer can judge."""

from django.utils.translation import gettext as _

from jiceng.exchange.editions.comparison import Proposal


def reason_of(proposal: Proposal) -> str:
    """Return the sentence shown beside a proposal, at most 200 characters."""
    sentence = _sentences()[proposal.reason]
    return sentence % {"shared": proposal.shared} if proposal.shared else sentence


def _sentences() -> dict[str, str]:
    return {
        "same_code_same_base": _("代码未变，名称只换了后缀"),
        "same_code_same_sound": _("代码未变，名称读音相同"),
        "same_code_shared_characters": _("代码未变，名称有相同的字"),
        "same_code_only": _("代码未变，名称完全不同：可能更名，也可能代码改属他处"),
        "name_in_parent": _("名称相同，在原上级的去向之内唯一"),
        "base_in_parent": _("名称除后缀外相同，在原上级的去向之内唯一"),
        "name_in_county": _("名称相同，在县内另一乡镇唯一：可能只是重名"),
        "base_in_county": _("名称除后缀外相同，在县内另一乡镇唯一：可能只是重名"),
        "name_in_anywhere": _("名称相同，在全域内唯一"),
        "name_contained": _("新旧名称一个含有另一个，共有“%(shared)s”"),
        "characters_shared": _("名称共有“%(shared)s”"),
        "nearest_code": _("没有相似的名称，只是代码最近"),
        "same_base_other_level": _("同名单位“%(shared)s”出现在另一层级，可能升格"),
        "most_below_went_there": _("原下级大多出现在该处"),
        "nothing_near": _("附近没有可能的去向"),
    }
