"""What measures permits."""

from jiceng.core.declarations import Permission

PERMISSIONS = [
    Permission("measures.view", "查看数据"),
    Permission("measures.close", "关账"),
]
