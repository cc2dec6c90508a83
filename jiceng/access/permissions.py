"""What access itself permits, and on behalf of the packages below it."""

from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Permission

PERMISSIONS = [
    Permission("access.accounts", _("开立账号、重置与解锁")),
    Permission("access.grants", _("授予与收回权限")),
    Permission("access.system", _("维护系统运行")),
    Permission("access.security_log", _("查看登录安全日志")),
    Permission("audit.read", _("查阅审计记录")),
    Permission("audit.verify", _("校验审计记录")),
    Permission("registry.view", _("查看名录")),
    Permission("registry.edit", _("变更名录")),
    Permission("registry.people", _("查看人员与任职")),
]
