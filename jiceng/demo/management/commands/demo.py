"""Build the demonstration city: `jiceng demo`, or one county of it: `jiceng demo --county 330324`."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from jiceng.core import clock
from jiceng.demo.build import build
from jiceng.demo.stages.accounts import password_of


class Command(BaseCommand):
    help = "建立演示城市（温州，人员和数字均为虚构）"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--county", default="", help="只建一个县，填六位代码，例如 330324")
        parser.add_argument("--seed", type=int, default=2017, help="同一个种子建出同一个城市")

    def handle(self, *args: Any, **options: Any) -> None:
        city = build(
            seed=options["seed"],
            county=options["county"],
            at=clock.now(),
            say=self.stderr.write,  # standard output is the list of accounts
        )
        self.stdout.write(f"演示账号（密码都是 {password_of(options['seed'])}）：")
        for username, who in city.accounts:
            self.stdout.write(f"  {username:<12}{who}")
