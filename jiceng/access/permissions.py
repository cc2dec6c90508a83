"""What access itself permits, and on behalf of the packages below it."""

from jiceng.core.declarations import Permission

PERMISSIONS = [
    Permission("access.accounts", "开立账号、重置与解锁"),
    Permission("access.grants", "授予与收回权限"),
    Permission("access.system", "维护系统运行"),
    Permission("access.security_log", "查看登录安全日志"),
    Permission("audit.read", "查阅审计记录"),
    Permission("audit.verify", "校验审计记录"),
    Permission("registry.view", "查看名录"),
    Permission("registry.edit", "变更名录"),
    Permission("registry.people", "查看人员与任职"),
]
