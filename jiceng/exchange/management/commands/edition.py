"""`jiceng edition FILE --day DAY`: the first divisions of an installation, from a published list.

Later editions are uploaded and reviewed on a page.
"""

import datetime
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jiceng.core import clock
from jiceng.core.refusals import Refusal
from jiceng.exchange.editions.founding import found_from_edition
from jiceng.exchange.editions.rows import rows_of
from jiceng.exchange.editions.tables import rows_at


class Command(BaseCommand):
    help = "载入首个区划版本（level,code,name 三列，CSV 或 XLSX）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--day", required=True, type=datetime.date.fromisoformat, help="自哪一天起有效"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            numbers = found_from_edition(
                rows_of(rows_at(options["file"])), options["day"], by="system", at=clock.now()
            )
        except FileNotFoundError as error:
            raise CommandError(_("没有文件 %s。") % options["file"]) from error
        except Refusal as refusal:
            raise CommandError("\n".join([refusal.sentence, *refusal.details])) from refusal
        self.stdout.write(_("已建立 %d 个区划。") % len(numbers))
