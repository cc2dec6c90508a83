"""The `jiceng` command: every management command, with settings chosen."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiceng.project.settings")
    from django.core.management import execute_from_command_line

    command, *rest = sys.argv[1:] or ["help"]
    named = command if command.startswith("-") else command.replace("-", "_")
    execute_from_command_line(["jiceng", named, *rest])


if __name__ == "__main__":
    main()
