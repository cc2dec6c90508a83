"""`jiceng audit seal` and `jiceng audit verify [--anchor FILE]`."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jiceng.audit.seals import seal
from jiceng.audit.verification import Report, verify
from jiceng.core import clock
from jiceng.core.refusals import Refusal


class Command(BaseCommand):
    help = "封存审计记录；校验已封存的记录。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("seal", help="封存尚未封存的记录")
        check = acts.add_parser("verify", help="校验")
        check.add_argument("--anchor", type=Path, help="锚文件；不写用本机的")

    def handle(self, *, act: str, anchor: Path | None = None, **_options: object) -> None:
        if act == "seal":
            self.stdout.write(_("封存 %s 条。") % seal(clock.now()))
            return
        if anchor is not None and not anchor.is_file():
            raise CommandError(_("没有这个锚文件：%s") % anchor)
        local = Path(settings.AUDIT_ANCHOR)
        try:
            report = verify(anchor or (local if local.is_file() else None))
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        self._tell(report)
        if not report.sound:
            raise CommandError(_("校验不通过：%s 处不符。") % report.fault_count)

    def _tell(self, report: Report) -> None:
        for fault in report.faults:
            self.stdout.write(f"{fault.block}/{fault.entry} {fault.sentence}")
        self.stdout.write(
            _("共 %(blocks)s 块 %(entries)s 条；与锚文件核对 %(anchored)s 块。")
            % {"blocks": report.blocks, "entries": report.entries, "anchored": report.anchored}
        )
        seconds = int(report.unsealed_for(clock.now()).total_seconds())
        self.stdout.write(
            _("尚未封存 %(count)s 条，最早一条已有 %(seconds)s 秒。")
            % {"count": report.unsealed, "seconds": seconds}
        )
