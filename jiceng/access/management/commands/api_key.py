"""`jiceng api-key NAME --scopes read,place --per-minute 60 --until DAY`: a key for a program; with
`--end` it is taken away.
"""

import datetime
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jiceng.access.operations import api_clients
from jiceng.core import clock
from jiceng.core.refusals import Refusal


class Command(BaseCommand):
    help = "发放或停用接口密钥。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="名称：哪个系统、谁负责")
        parser.add_argument("--scopes", default="read", help="read、place、update，用逗号隔开")
        parser.add_argument("--per-minute", type=int, default=60, help="每分钟最多几次")
        parser.add_argument("--until", type=datetime.date.fromisoformat, help="最后一天")
        parser.add_argument("--end", action="store_true", help="停用")

    def handle(
        self,
        *,
        name: str,
        scopes: str,
        per_minute: int,
        until: datetime.date | None,
        end: bool,
        **_rest: object,
    ) -> None:
        at = clock.now()
        try:
            if end:
                api_clients.end_key(name, by="system", at=at)
                self.stdout.write(_("已停用：%s") % name)
                return
            if until is None:
                raise CommandError(_("请用 --until 写明最后一天。"))
            _client, key = api_clients.issue_key(
                name=name,
                scopes=scopes.split(","),
                per_minute=per_minute,
                until=until,
                by="system",
                at=at,
            )
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(_("接口密钥（只显示这一次）：%s") % key)
