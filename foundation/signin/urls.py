"""Below `/admin/account/`. The names that begin with `account_`, `mfa_`, `socialaccount_` and `openid_` are django-allauth's."""

from allauth.account import views as account
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path
from django.views.generic import TemplateView

from foundation.signin import views
from foundation.signin import views_factor as factor

urlpatterns = [
    path("", views.Account.as_view(), name="account"),
    path("sessions/", views.sessions, name="sessions"),
    path("invitation/<str:token>/", views.AcceptInvitation.as_view(), name="invitation"),
    path("mail/<str:token>/", views.stop_mail, name="stop_mail"),
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("not-active/", account.account_inactive, name="account_inactive"),
    path("confirm/", views.ConfirmPassword.as_view(), name="account_reauthenticate"),
    path("password/", views.ChangePassword.as_view(), name="account_change_password"),
    path("password/first/", views.SetPassword.as_view(), name="account_set_password"),
    path("password/lost/", views.AskForReset.as_view(), name="account_reset_password"),
    path("password/lost/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("password/lost/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    # A key in letters and digits, and what Django's and allauth's tokens are made of: nothing else is looked for.
    re_path(
        r"^password/lost/(?P<uidb36>[0-9A-Za-z]{1,40})/(?P<key>[0-9A-Za-z-]{1,100})/$",
        views.Reset.as_view(),
        name="account_reset_password_from_key",
    ),
    path("second-step/", factor.index, name="mfa_index"),
    path("second-step/sign-in/", factor.authenticate, name="mfa_authenticate"),
    path("second-step/confirm/", factor.Reauthenticate.as_view(), name="mfa_reauthenticate"),
    path("second-step/app/", factor.ActivateApp.as_view(), name="mfa_activate_totp"),
    path("second-step/app/remove/", factor.DeactivateApp.as_view(), name="mfa_deactivate_totp"),
    path("second-step/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-step/codes/new/", factor.GenerateCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("second-step/codes/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", factor.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("passkeys/sign-in/", factor.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/confirm/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/", factor.RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("single/<slug:provider_id>/", factor.single_sign_on, name="openid_connect_login"),
    path("single/<slug:provider_id>/back/", factor.single_sign_on_callback, name="openid_connect_callback"),
    path(
        "single-cancelled/",
        TemplateView.as_view(template_name="socialaccount/login_cancelled.html"),
        name="socialaccount_login_cancelled",
    ),
]
