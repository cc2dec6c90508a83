"""Why a matter goes where it goes, and what is asked first, in the language of the page."""

from django.utils.translation import gettext as _

from jiceng.decisions.directing import Question, Reason


def sentence(one: Reason | Question) -> str:
    """Return the sentence without its source; sentences of the data stay as they were written."""
    if one.text:
        return one.text
    return _sentences()[one.code] % one.named


def with_source(one: Reason | Question) -> str:
    """Return the sentence, its source in brackets where there is one."""
    if not one.source:
        return sentence(one)
    return _("%(sentence)s（%(source)s）") % {"sentence": sentence(one), "source": one.source}


def _sentences() -> dict[str, str]:
    return {**_reasons(), **_questions()}


def _reasons() -> dict[str, str]:
    return {
        "handled": _("这件事不用开会表决，按流程办理。"),
        "fixed": _("这件事由这个会议决定。"),
        "reserved": _("这件事只能由全体会议决定，不能交给代表会议。"),
        "whole_may_always": _("这件事可以由全体会议决定，有没有授权都一样。"),
        "not_delegated_village": _(
            "这件事应由村民会议决定；没有登记现行有效的授权，村民代表会议不能决定。"
        ),
        "not_delegated_collective": _(
            "这件事应由成员大会决定；没有登记章程交给成员代表大会的规定，代表大会不能决定。"
        ),
        "delegated": _("这件事已经授权给代表会议，授权还在期限内。"),
        "either": _("这件事由全体会议或者代表会议决定都可以。"),
        "not_by_this_body": _("%(body)s不能决定这件事，已改到有权决定的会议。"),
        "gives_way": _("这件事另有法律规定，按“%(matter)s”办。"),
        "four_deliberations": _("本地按四议两公开办理村级重大事项。"),
        "five_deliberations": _("本地按五议两公开办理村级重大事项。"),
        "reviewed": _("本地采用四议一审两公开：两委商议之后，乡镇先审核。"),
        "few_people": _(
            "名录中本村不足 %(least)s 人或者没有登记人口：居住分散的村才可以设村民代表会议，请核对。"
        ),
    }


def _questions() -> dict[str, str]:
    return {
        "not_in_the_list": _(
            "事项清单里没有“%(matter)s”。请从清单中选，或者请乡镇确定由哪个会议决定。"
        ),
        "no_such_body": _("没有“%(body)s”这种会议。"),
        "empty_slot": _("这一项的内容待县里提供，现在不能选用。"),
        "of_another_place": _("“%(matter)s”是别的地方的规定，本村不适用。"),
        "before_the_law": _("所依据的规定自 %(day)s 起施行，这一天还没有；请乡镇确定按什么办。"),
        "no_representatives": _(
            "名录里没有登记本村的%(body)s。请先登记组成人员，或者改由全体会议决定。"
        ),
    }
