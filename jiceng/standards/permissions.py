"""What standards permits."""

from jiceng.core.declarations import Permission

PERMISSIONS = [
    Permission("standards.view", "查看评定"),
    Permission("standards.record", "登记评定"),
]
