"""Names of people and firms that do not exist. Pure."""

from collections.abc import Iterator
from random import Random

_SURNAMES = "陈林王张李黄吴周叶郑徐刘朱潘金胡谢夏项胥杨方戴施董蔡赵蒋章余高邱卢厉诸倪缪孙包季"
_GIVEN = (
    "建国明华伟军平芳丽敏静秀英海波晓东志强永"
    "春雷云飞雪松文斌立新玉兰小红德胜忠义晨阳"
    "思远嘉宁若溪子涵一诺昊天景行安然书怀清扬"
)
_FIRM_FIRST = "瓯越瑞恒鑫盛腾达宏泰康华正信诚联创兴隆润丰嘉禾"
_FIRM_TRADES = (
    "阀门", "电器", "鞋业", "服饰", "眼镜", "包装", "机械", "塑业", "五金", "食品",
    "汽配", "印刷", "皮革", "泵业", "电子", "物流", "建材", "纺织", "农业开发", "软件",
)  # fmt: skip
_SOCIAL = (
    "商会", "志愿者协会", "养老服务中心", "幼儿园", "文化促进会", "社会工作服务中心",
    "行业协会", "体育协会", "慈善义工队", "民办学校",
)  # fmt: skip


def person(chance: Random) -> str:
    given = "".join(chance.sample(_GIVEN, chance.choice((1, 2, 2, 2))))
    return chance.choice(_SURNAMES) + given


def firms(chance: Random) -> Iterator[str]:
    """Yield names of firms, none twice."""
    seen: set[str] = set()
    while True:
        name = "".join(chance.sample(_FIRM_FIRST, 2)) + chance.choice(_FIRM_TRADES)
        name = f"{name}有限公司" if name not in seen else f"{name}（{len(seen)}）有限公司"
        seen.add(name)
        yield name


def social_organisation(place: str, chance: Random) -> str:
    return place + chance.choice(_SOCIAL)
