"""What exchange permits."""

from jiceng.core.declarations import Permission

PERMISSIONS = [
    Permission("exchange.import", "导入数据"),
    Permission("exchange.export", "导出数据"),
    Permission("exchange.review", "审核区划版本"),
]
