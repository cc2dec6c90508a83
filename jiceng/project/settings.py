"""Settings, read from typed environment variables (see docs/manual and .env.example)."""

import sys
from pathlib import Path

from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

from jiceng.project import environment

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = environment.folder("JICENG_DATA_DIR", BASE_DIR / ".data")


def _secret_key() -> str:
    """Return the key of this installation: from the environment, else kept in the data folder."""
    given = environment.text("JICENG_SECRET_KEY")
    if given:
        return given
    path = DATA_DIR / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


SECRET_KEY = _secret_key()
DEBUG = environment.flag("JICENG_DEBUG", default=False)
ALLOWED_HOSTS = environment.words("JICENG_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("JICENG_ORIGINS", "")

# What the footer shows: who runs this installation, and its filing number.
OPERATOR = environment.text("JICENG_OPERATOR") or _("演示环境（未投入使用）")
FILING_NUMBER = environment.text("JICENG_FILING_NUMBER") or _("尚未备案")
DEMONSTRATION = environment.flag("JICENG_DEMONSTRATION", default=False)

# Where the audit writes each sealed root, outside the database.
AUDIT_ANCHOR = Path(environment.text("JICENG_AUDIT_ANCHOR") or DATA_DIR / "audit-anchor.txt")
UPLOAD_LIMIT_BYTES = 64 * 1024 * 1024

# Messages leave the house only where these are set. SITE_ADDRESS begins the links in them.
SITE_ADDRESS = environment.text("JICENG_SITE_ADDRESS").rstrip("/")
MESSAGES_TO_FILES = environment.words("JICENG_MESSAGES_TO_FILES", "")
_MAIL = environment.mail(
    environment.text("JICENG_MAIL"), sender=environment.text("JICENG_MAIL_FROM")
)
EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_SSL, EMAIL_USE_TLS = _MAIL.scheme == "smtps", _MAIL.scheme == "smtp+tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = _MAIL.sender

PACKAGES = [
    "core",
    "accounts",
    "audit",
    "registry",
    "access",
    "documents",
    "rules",
    "agenda",
    "feedback",
    "exchange",
    "measures",
    "procedures",
    "notices",
    "decisions",
    "orders",
    "standards",
    "programmes",
    "ui",
    "web",
    "portal",
    "api",
    "demo",
    "project",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    *(f"jiceng.{package}" for package in PACKAGES),
]

SERVER_TIMING = environment.flag("JICENG_SERVER_TIMING", default=False)

MIDDLEWARE = [
    "jiceng.project.timing.TimingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "jiceng.web.access.middleware.LogInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "jiceng.ui.middleware.RefusalMiddleware",
    "jiceng.ui.middleware.RepeatMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "jiceng.project.urls"
WSGI_APPLICATION = "jiceng.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "jiceng.ui.context.furniture",
            ],
        },
    },
]

FORM_RENDERER = "jiceng.ui.forms.Renderer"

DATABASES = {"default": environment.database(environment.text("JICENG_DATABASE"), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "jiceng.accounts.backends.AccountBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "web:log_in"
LOGIN_REDIRECT_URL = "web:today"
LOGOUT_REDIRECT_URL = "web:log_in"

# Lockout by account name; log-in events are a security log, counted nowhere (N1).
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
# Wrong passwords are kept for the time of the rule (access/data/security_log.yaml), however many.
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_ACCESS_FAILURE_LOG_PER_USER_LIMIT = sys.maxsize  # beyond it axes drops the newest
AXES_LOCKOUT_CALLABLE = "jiceng.web.access.lockout.answer"

CSRF_FAILURE_VIEW = "jiceng.ui.views.csrf_failure"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_HTTPS = environment.flag("JICENG_HTTPS", default=False)
SESSION_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_SECURE = _HTTPS

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    },
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "static"
STATICFILES_DIRS = [("vendor", BASE_DIR / ".make" / "vendor")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "files"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# axes.W006 asks for lockout by address too: a whole township hall shares one.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
