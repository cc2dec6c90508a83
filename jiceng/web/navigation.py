"""What the header leads to, in the order of the working day."""

from django.utils.translation import gettext_lazy as _

from jiceng.ui.navigation import Section, register

register(
    Section(10, _("今日"), "web:today"),
    Section(
        20,
        _("名录"),
        "web:tree",
        "registry.view",
        paths=("/units/", "/search/", "/posts/", "/memberships/", "/bodies/"),
    ),
    Section(25, _("办理"), "web:cases", "procedures.view", paths=("/procedures/",)),
    Section(27, _("村级议事"), "web:decisions", "decisions.view"),
    Section(30, _("示范项目"), "web:programmes", "programmes.view"),
    Section(38, _("公示"), "web:notices", "notices.view"),
    Section(
        40,
        _("数据"),
        "web:figures_start",
        "measures.view",
        pages=(
            "web:figures",
            "web:figure",
            "web:figure_rows",
            "web:figure_restated",
            "web:corrections",
            "web:figure_corrections",
        ),
    ),
    Section(60, _("区划版本"), "web:editions", "exchange.review"),
    Section(65, _("导入导出"), "web:imports", "exchange.import", paths=("/exports/",)),
    Section(70, _("账号"), "web:accounts", "access.accounts", paths=("/hand-overs/",)),
    Section(75, _("管理员"), "web:administrators", "access.grants"),
    Section(76, _("系统运行"), "web:system", "access.system"),
    Section(78, _("审计"), "web:audit", "audit.read"),
    Section(80, _("意见"), "web:complaints", "feedback.answer", whole=True),
    Section(85, _("规则"), "web:rules", "rules.view"),
)
