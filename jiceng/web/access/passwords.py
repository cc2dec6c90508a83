"""Setting a password: the first one by a printed code, later ones by the present one."""

from django import forms
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from jiceng.access import operations
from jiceng.core import clock
from jiceng.ui.refusals import form_again, shown_on
from jiceng.ui.requests import StaffRequest

_BACKEND = "jiceng.accounts.backends.AccountBackend"


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    new_password = forms.CharField(
        label=_("新密码"),
        help_text=_("至少 8 个字符；不能全是数字，也不能是大家常用的密码。"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    new_password_again = forms.CharField(
        label=_("再输一遍新密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_new_password_again(self) -> str:
        again = self.cleaned_data["new_password_again"]
        if again != self.cleaned_data.get("new_password"):
            raise forms.ValidationError(_("两遍输入的新密码不一样。"))
        return again


class FirstPasswordForm(NewPasswordForm):
    field_order = ("username", "code")

    username = forms.CharField(
        label=_("账号"),
        max_length=32,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    code = forms.CharField(
        label=_("一次性登录码"),
        help_text=_("印在开户纸条上，共十二位，大小写和短横不限。"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )


class ChangePasswordForm(NewPasswordForm):
    field_order = ("old_password",)

    old_password = forms.CharField(
        label=_("原密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


@login_not_required
@sensitive_post_parameters()
@never_cache
def set_first_password(request: StaffRequest) -> HttpResponse:
    form = FirstPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with shown_on(form):
            user = operations.redeem_code(
                username=given["username"],
                code=given["code"],
                password=given["new_password"],
                at=clock.now(),
            )
            login(request, user, backend=_BACKEND)
            messages.success(request, gettext("密码已设好，以后用账号和密码登录。"))
            return redirect("web:today")
    return form_again(request, "web/access/first_password.html", {"form": form})


@sensitive_post_parameters()
@never_cache
def change_password(request: StaffRequest) -> HttpResponse:
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with shown_on(form):
            operations.change_password(
                user=request.user,
                old=given["old_password"],
                new=given["new_password"],
                at=clock.now(),
            )
            update_session_auth_hash(request, request.user)
            messages.success(request, gettext("密码已修改，其他设备上的登录已退出。"))
            return redirect("web:today")
    return form_again(request, "web/access/change_password.html", {"form": form})
