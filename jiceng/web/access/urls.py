from django.urls import path
from django.urls.resolvers import URLPattern

from jiceng.web.access import accounts, administrators, hand_over, log_in, passwords, system

urlpatterns: list[URLPattern] = [
    path("log-in/", log_in.log_in, name="log_in"),
    path("log-out/", log_in.log_out, name="log_out"),
    path("first-log-in/", passwords.set_first_password, name="first_password"),
    path("password/", passwords.change_password, name="change_password"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/reset/", accounts.reset, name="reset_accounts"),
    path("accounts/unlock/", accounts.unlock, name="unlock_accounts"),
    path("accounts/open/<int:number>/", accounts.open_accounts, name="open_accounts"),
    path("accounts/wrong-passwords/", accounts.security_log, name="security_log"),
    path("administrators/", administrators.administrators, name="administrators"),
    path("administrators/<int:number>/withdraw/", administrators.withdraw, name="withdraw"),
    path("system/", system.system, name="system"),
    path("me/permissions/", hand_over.my_permissions, name="my_permissions"),
    path("hand-overs/", hand_over.ended_posts, name="ended_posts"),
    path("hand-overs/of-post/<int:number>/", hand_over.draw_up, name="draw_up_hand_over"),
    path("hand-overs/<int:number>/", hand_over.hand_over, name="hand_over"),
    path("hand-overs/<int:number>/confirm/", hand_over.confirm, name="confirm_hand_over"),
]
