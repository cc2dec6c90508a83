"""Checking a password; what an account may do is asked of `access`, never of the backend."""

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from jiceng.accounts.models import User


class AccountBackend(BaseBackend):
    def authenticate(
        self, request: HttpRequest | None, username: str = "", password: str = "", **_: object
    ) -> User | None:
        user = User.objects.filter(username=username).first()
        if user is None:
            User().set_password(password)  # an unknown name takes as long as a known one
            return None
        return user if user.is_active and user.check_password(password) else None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
