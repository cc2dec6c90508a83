"""Reading a YAML file part by part, noting every fault with its line.

Pure. Faults are sentences in Chinese for whoever wrote the file.
"""

import datetime
import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

import yaml

from jiceng.programmes.definition.thresholds import Threshold

_CODE = re.compile(r"[a-z0-9][a-z0-9_-]*")
_SHARE = re.compile(r"\d+/\d+")
_TAGS = {
    "int": "整数",
    "bool": "true 或 false",
    "timestamp": "日期（如 2017-12-31）",
    "str": "文字（数字和日期要加引号）",
}


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong in which line of a file."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"第 {self.line} 行：{self.sentence}"


class Section:
    """One mapping of a file: hands out its values, and notes what is missing, wrong or unknown.

    A value that cannot be read is noted and replaced by an empty one, so that one reading finds
    all faults of a file.
    """

    def __init__(self, node: yaml.Node, faults: list[Fault]) -> None:
        self.line = node.start_mark.line + 1
        self.faults = faults
        self._values: dict[str, yaml.Node] = {}
        self._lines: dict[str, int] = {}
        self._known: set[str] = set()
        if not isinstance(node, yaml.MappingNode):
            self._note(self.line, "这里应当是“项: 值”的形式。")
            return
        for name, value in node.value:
            self._take(str(name.value), name.start_mark.line + 1, value)

    def _take(self, name: str, line: int, value: yaml.Node) -> None:
        if name in self._values:
            self._note(line, f"“{name}”写了两次，请只留一处。")
        self._values[name] = value
        self._lines[name] = line

    def _note(self, line: int, sentence: str) -> None:
        self.faults.append(Fault(line, sentence))

    def fault(self, name: str, sentence: str) -> None:
        """Note a fault at the line of `name`, or of the section where it is missing."""
        self._note(self._lines.get(name, self.line), sentence)

    def has(self, name: str) -> bool:
        return name in self._values

    def _scalar(self, name: str, tag: str, required: bool) -> str | None:
        self._known.add(name)
        node = self._values.get(name)
        if node is None or node.tag == "tag:yaml.org,2002:null":
            if required:
                self.fault(name, f"缺少“{name}”。")
            return None
        if not isinstance(node, yaml.ScalarNode) or node.tag != f"tag:yaml.org,2002:{tag}":
            self.fault(name, f"“{name}”应当是{_TAGS[tag]}。")
            return None
        return node.value

    def text(self, name: str, *, required: bool = True) -> str:
        value = (self._scalar(name, "str", required) or "").strip()
        if required and not value and self.has(name):
            self.fault(name, f"“{name}”不能为空。")
        return value

    def code(self, name: str) -> str:
        value = self.text(name)
        if value and not _CODE.fullmatch(value):
            self.fault(name, f"“{name}”只能用小写字母、数字、连字符和下划线，现为“{value}”。")
        return value

    def whole(self, name: str, *, required: bool = True, least: int = 0) -> int | None:
        value = self._scalar(name, "int", required)
        if value is None:
            return None
        number = int(value) if value.lstrip("-").isdigit() else None
        if number is None or number < least:
            self.fault(name, f"“{name}”应当是不小于 {least} 的整数。")
            return None
        return number

    def flag(self, name: str, *, default: bool) -> bool:
        value = self._scalar(name, "bool", required=False)
        return default if value is None else value.lower() in ("true", "yes", "on")

    def day(self, name: str) -> datetime.date | None:
        value = self._scalar(name, "timestamp", required=True)
        if value is None:
            return None
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fault(name, f"“{name}”不是一个日期：{value}。")
            return None

    def choice(self, name: str, among: Collection[str], *, required: bool = True) -> str:
        value = self.text(name, required=required)
        self._check(name, [value] if value else [], among)
        return value

    def choices(
        self, name: str, among: Collection[str], *, required: bool = False
    ) -> tuple[str, ...]:
        self._known.add(name)
        node = self._values.get(name)
        if node is None:
            if required:
                self.fault(name, f"缺少“{name}”。")
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.fault(name, f"“{name}”应当是一个列表，如 [a, b]。")
            return ()
        values = [str(item.value) for item in node.value]
        self._check(name, values, among)
        return tuple(values)

    def _check(self, name: str, values: list[str], among: Collection[str]) -> None:
        for value in values:
            if value not in among:
                known = "、".join(among) or "（没有可选的）"
                self.fault(name, f"“{name}”中的“{value}”没有定义，可用的有：{known}。")

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of sentences; empty when it is missing."""
        self._known.add(name)
        node = self._values.get(name)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.fault(name, f"“{name}”应当是一个列表。")
            return ()
        return tuple(str(item.value) for item in node.value)

    def sections(self, name: str, *, required: bool = False) -> list["Section"]:
        self._known.add(name)
        node = self._values.get(name)
        if node is None:
            if required:
                self.fault(name, f"缺少“{name}”。")
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.fault(name, f"“{name}”应当是一个列表，每条以“- ”开头。")
            return []
        return [Section(item, self.faults) for item in node.value]

    def section(self, name: str) -> "Section | None":
        self._known.add(name)
        node = self._values.get(name)
        return None if node is None else Section(node, self.faults)

    def threshold(self, *, share: bool) -> Threshold:
        """Read `at_least` or `more_than`: n/d or `all` for a share, else a whole number."""
        given = [name for name in ("at_least", "more_than") if self.has(name)]
        self._known.update(given)
        if len(given) != 1:
            self.fault("", "门槛要写一项，且只写一项：at_least（以上）或 more_than（超过）。")
            return Threshold(0, share=share)
        value = str(self._values[given[0]].value)
        inclusive = given[0] == "at_least"
        if not share:
            number = self.whole(given[0])
            return Threshold(number or 0, inclusive=inclusive)
        return self._share(given[0], "1/1" if value == "all" else value, inclusive)

    def _share(self, name: str, value: str, inclusive: bool) -> Threshold:
        bottom = int(value.partition("/")[2]) if _SHARE.fullmatch(value) else 0
        share = Fraction(value) if bottom else None
        if share is None or not 0 < share <= 1:
            self.fault(
                name, f"门槛“{value}”应当写成分数，如 1/2、3/5，大于 0 且不超过 1；全部写 all。"
            )
            return Threshold(0, share=True)
        return Threshold(share.numerator, share.denominator, inclusive=inclusive, share=True)

    def close(self) -> None:
        """Note every value that nobody asked for. To be called when the section has been read."""
        for name in self._values.keys() - self._known:
            near = difflib.get_close_matches(name, self._known, n=1)
            hint = f"，是否指“{near[0]}”？" if near else "。"
            self.fault(name, f"不认识的项“{name}”{hint}")
