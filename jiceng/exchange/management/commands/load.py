"""`jiceng load KIND FILE --day DAY`: an import without a page, for the first set-up, when nobody
has an account yet. The same checks, the same journal; it can be undone on the page.
"""

import datetime
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jiceng.core import clock
from jiceng.core.refusals import Refusal
from jiceng.exchange.declarations import KINDS
from jiceng.exchange.operations import begin_applying, carry_on, receive
from jiceng.exchange.queries import import_numbered

_CHUNK = 1 << 20  # bytes read at a time


class Command(BaseCommand):
    help = "导入一份数据文件（组织、人员、任职等），用于首次建立"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", help=_("类别：%s") % "、".join(KINDS.entries))
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--day", required=True, type=datetime.date.fromisoformat, help="数据截至哪一天"
        )
        parser.add_argument("--skip-faulty", action="store_true", help="有误的行不导入，其余导入")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = self._load(**options)
        except FileNotFoundError as error:
            raise CommandError(_("没有文件 %s。") % options["file"]) from error
        except Refusal as refusal:
            raise CommandError("\n".join([refusal.sentence, *refusal.details])) from refusal
        self.stdout.write(
            _("已导入 %(good)d 行，未变 %(unchanged)d 行，有误 %(faulty)d 行。") % counts
        )

    def _load(
        self, *, kind: str, file: Path, day: datetime.date, skip_faulty: bool, **_rest: Any
    ) -> dict[str, int]:
        at = clock.now()
        one = receive(_chunks(file), kind=kind, name=file.name, day=day, by="system", at=at)
        carry_on(one.pk, at=at)
        one = import_numbered(one.pk)
        begin_applying(one, skip_faulty=skip_faulty, by="system", at=at)
        carry_on(one.pk, at=at)
        return import_numbered(one.pk).counts


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
