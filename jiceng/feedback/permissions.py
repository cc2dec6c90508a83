"""What feedback permits."""

from jiceng.core.declarations import Permission

PERMISSIONS = [
    Permission("feedback.answer", "答复对本系统的意见"),
]
