"""`jiceng programme check FILE`, `jiceng programme load FILE`, `jiceng programme judge CODE`."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jiceng.core import clock
from jiceng.core.refusals import Refusal
from jiceng.programmes.definition import FaultyFile, definition_of
from jiceng.programmes.operations import judge_programme, load_programme
from jiceng.programmes.queries.judgings import opening_day
from jiceng.programmes.queries.programmes import programme_by_code


class Command(BaseCommand):
    help = "检查、载入示范项目文件，计算考核结果"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        for act, words in (("check", "检查文件，不载入"), ("load", "载入文件")):
            acts.add_parser(act, help=words).add_argument("file", type=Path)
        acts.add_parser("judge", help="计算项目的考核结果").add_argument("code")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['act']}")(options)
        except Refusal as refusal:
            raise CommandError("\n".join([refusal.sentence, *refusal.details])) from refusal

    def _check(self, options: dict[str, Any]) -> None:
        try:
            definition = definition_of(_text(options["file"]))
        except FaultyFile as faulty:
            raise CommandError("\n".join(map(str, faulty.faults))) from faulty
        self.stdout.write(_("“%s”没有问题。") % definition.title)

    def _load(self, options: dict[str, Any]) -> None:
        programme = load_programme(_text(options["file"]), by="system", at=clock.now())
        self.stdout.write(_("已载入“%s”。") % programme.title)

    def _judge(self, options: dict[str, Any]) -> None:
        programme = programme_by_code(options["code"])
        now = clock.now()
        day = opening_day(programme, clock.today())
        judging = judge_programme(programme, day, at=now)
        self.stdout.write(_("已按%s计算。") % judging.day)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise CommandError(_("没有文件 %s。") % path) from error
    except UnicodeDecodeError as error:
        raise CommandError(_("文件 %s 不是 UTF-8 文本，请另存为 UTF-8。") % path) from error
