"""What programmes permits."""

from jiceng.core.declarations import Permission

PERMISSIONS = [
    Permission("programmes.view", "查看示范项目"),
    Permission("programmes.propose", "提出示范点和示范带"),
    Permission("programmes.confirm", "确认示范点和示范带"),
    Permission("programmes.edit", "编辑示范带和片区"),
]
