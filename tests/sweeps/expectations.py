"""What every address answers, to whom: the literal table that the sweep compares the site with.

One letter a person: anonymous, contributor, translator, editor, administrator.
"""

from tests.sweeps.world import STATES

PEOPLE = ("anonymous", "contributor", "translator", "editor", "administrator")
LETTERS = {
    "I": 200,  # in
    "L": 302,  # to the page where one signs in
    "R": 302,  # somewhere else
    "P": 301,  # to the address it has in this language
    "O": 403,  # out
    "G": 404,  # no such page
    "M": 405,  # not by GET
    "X": 410,  # was here, or worked, once
}
ALL, NONE, GONE = "IIIII", "GGGGG", "XXXXX"

#: Addresses that ask nobody who they are: pattern → object → letters.
OPEN = {
    "front_door": {"": ALL},
    "health": {"": ALL},
    "robots": {"": ALL},
    "sitemap": {"": ALL},
    "hallmarks:home": {"": ALL},
    "hallmarks:hallmarks": {"": ALL},
    "hallmarks:hallmark": {"published": ALL, "not published": NONE, "unknown": NONE},
    "casestudies:case_studies": {"": ALL},
    "casestudies:case_study": {
        "published": ALL, "corrected": ALL, "archived": GONE, "withdrawn": GONE, "unknown": NONE,
    },
    "references:works": {"": ALL},
    "references_file": {"ris": ALL, "bib": ALL, "json": ALL},
    "references:work_file": {"published": ALL, "not published": NONE, "unknown": NONE},
    "hallmarks:references_file": {"published": ALL, "not published": NONE, "unknown": NONE},
    "casestudies:references_file": {
        "published": ALL, "corrected": ALL, "archived": GONE, "withdrawn": GONE, "unknown": NONE,
    },
    "references:work": {"published": ALL, "not published": NONE, "unknown": NONE},
    "problems:form": {"": ALL},
    "problems:sent": {"unknown": NONE},
    "pages:page": {"published": ALL, "not published": NONE, "unknown": NONE},
}  # fmt: skip

#: Pictures, by the state of their case study: beside readers only its own contributor, and staff once it was sent.
PICTURES = {
    "draft": "GIGGG", "awaiting_confirmation": "GIGGG", "held": "GIIII", "submitted": "GIIII", "in_review": "GIIII",
    "changes_requested": "GIIII", "editing": "GIIII", "with_contributor": "GIIII", "approved": "GIIII",
    "published": ALL, "corrected": "GIIII", "archived": "GIIII", "withdrawn": "GIIII", "declined": "GIIII",
}  # fmt: skip

#: Documents as they came: editors once it was sent, and its own contributor. Translators have no need of them.
EVIDENCE = {state: "GIGGG" if state in ("draft", "awaiting_confirmation") else "GIGII" for state in STATES}
#: Cleaned copies that an editor chose: readers while the story is published, editors once it was sent.
COPIES = {state: "GGGGG" if state in ("draft", "awaiting_confirmation") else "GGGII" for state in STATES} | {
    "published": ALL, "corrected": ALL,
}  # fmt: skip

#: Join In: what those without a story get (staff too), and contributors, in the order of `STATES`.
JOIN_IN = {
    "joinin:start": ("I", "IIIIIIIIIIIIII"),
    "joinin:step": ("R", "IRRRRIRRRRRRRR"),
    "joinin:check": ("R", "IRRRRIRRRRRRRR"),
    "joinin:word": ("R", "IRRRRIRRRRRRRR"),
    "joinin:tidy": ("M", "MMMMMMMMMMMMMM"),
    "joinin:personal": ("R", "IRRRRIRRRRRRRR"),
    "joinin:sent": ("R", "RIIIIRIIIIIIII"),
    "joinin:colleague": ("R", "IRRRRRRRRRRRRR"),
    "joinin:discard": ("R", "IIRRRRRRRRRRRR"),
    "joinin:held": ("R", "IIIIIIIIIIIIII"),
    "joinin:erase": ("R", "RRIIIIIIIIIIII"),
    "joinin:status": ("R", "RIIIIIIIIIIIII"),
    "joinin:revise": ("R", "RRRRRRRRRRRRRR"),
    "joinin:proof": ("R", "RRRRRRRIRRRRRR"),
    "joinin:withdraw": ("R", "RRIIIIIIIIIIRR"),
    "joinin:withdraw_picture": ("R", "RRIIIIIIIIIIRR"),
    "joinin:ask_headteacher": ("R", "RRIIIIIIIRRRRR"),
    "joinin:poster": ("R", "RRRRRRRRRIIRRR"),
    "joinin:still_true": ("R", "RRRRRRRRRIIRRR"),
    "joinin:come_back": ("R", "RRRRRRRRRRRRIR"),
    "joinin:correct_address": ("R", "RIRRRRRRRRRRRR"),
    "joinin:ask": ("I", "IIIIIIIIIIIIII"),
}
#: Links in mail, whoever looks.
LINKS = {**dict.fromkeys(STATES, "I"), "ran out": "X", "revoked": "G", "unknown": "G"}
#: The page of a headteacher, and of somebody who is credited, by the state of the story; whoever looks.
ANSWERS = {**dict.fromkeys(STATES[2:], "I"), "ran out": "X", "revoked": "G", "unknown": "G", "a contributor's": "G"}

#: The short address on a poster, of what readers see or saw once; and the poster on the desk, of what they see.
SHORT = {state: "RRRRR" if state in ("published", "corrected", "archived", "withdrawn") else NONE for state in STATES}
POSTERS = {state: "LLIII" if state in ("published", "corrected") else "LLGGG" for state in STATES}

#: Signing in and one's own account. Nobody here has a second step, and nobody has just typed a password.
SIGN_IN = {
    "account": {"": "LLIII"},
    "sessions": {"": "LLIII"},
    "invitation": {"open": ALL, "over": GONE, "unknown": NONE},
    "stop_mail": {"digest": ALL, "unknown": NONE},
    "account_login": {"": "IIRRR"},
    "account_logout": {"": "RRIII"},
    "account_inactive": {"": ALL},
    "account_reauthenticate": {"": "LLIII"},
    "account_change_password": {"": "LLIII"},
    "account_set_password": {"": "LLRRR"},
    "account_reset_password": {"": ALL},
    "account_reset_password_done": {"": ALL},
    "account_reset_password_from_key": {"unknown": ALL},
    "account_reset_password_from_key_done": {"": ALL},
    "mfa_index": {"": "LLIII"},
    "mfa_authenticate": {"": "RRRRR"},
    "mfa_reauthenticate": {"": "LLRRR"},
    "mfa_activate_totp": {"": "RRRRR"},
    "mfa_deactivate_totp": {"": "LLGGG"},
    "mfa_view_recovery_codes": {"": "LLGGG"},
    "mfa_generate_recovery_codes": {"": "RRRRR"},
    "mfa_download_recovery_codes": {"": "LLGGG"},
    "mfa_list_webauthn": {"": "LLIII"},
    "mfa_add_webauthn": {"": "LLRRR"},
    "mfa_login_webauthn": {"": "RRRRR"},
    "mfa_reauthenticate_webauthn": {"": "LLRRR"},
    "mfa_edit_webauthn": {"unknown": "RRRRR"},
    "mfa_remove_webauthn": {"unknown": "RRRRR"},
    "openid_connect_login": {"unknown": NONE},
    "openid_connect_callback": {"unknown": NONE},
    "socialaccount_login_cancelled": {"": ALL},
}  # fmt: skip

DESK = {
    "admin:index": {"": "LLIII"},
    "admin:login": {"": "RRRRR"},
    "admin:logout": {"": "RRMMM"},
    "admin:password_change": {"": "LLRRR"},
    "admin:password_change_done": {"": "LLIII"},
    "admin:autocomplete": {"": "LLOOO", "works": "LLIII"},
    "admin:jsi18n": {"": "LLIII"},
    "admin:language": {"": "MMMMM"},
    "admin:references_work_import": {"": "LLOII"},
    "admin:references_work_merge": {"work": "LLOII", "unknown": "LLOGG"},
    "admin:retention": {"": "LLOII"},
    "admin:redaction": {"": "LLOOI"},
    "admin:people_user_do": {"person": "LLMMM"},
    "admin:signin_invitation_do": {"invitation": "LLMMM"},
    "admin:problems_problem_do": {"problem": "LLMMM"},
    "admin:citations": {"": "LLIII"},
    "admin:parity": {"": "LLOII"},
    "admin:parity_file": {"": "LLOII"},
    "admin:translation_files": {"": "LLIII"},
    "admin:translation_files_import": {"": "LLIII"},
    "admin:open_pages": {"": "LLMMM"},
    "admin:correspondence_message_again": {"message": "LLMMM", "unknown": "LLMMM"},
    "admin:correspondence_message_cancel": {"message": "LLMMM", "unknown": "LLMMM"},
    "admin:view_on_site": {"hallmark": "LLRRR", "unknown": "LLGGG"},
    "admin:app_list": {
        "pages": "LLIII", "references": "LLIII", "hallmarks": "LLIII", "casestudies": "LLIII",
        "correspondence": "LLIII", "problems": "LLGII", "record": "LLGII", "clock": "LLGII", "people": "LLGGI",
        "signin": "LLGGI", "django_tasks_database": "LLGGG",
    },
    "admin:casestudies_casestudy_write": {"": "LLMMM"},
    "admin:auth_user_password_change": {"person": "LLOOI", "unknown": "LLOOG"},
    "admin/(?P<url>.*)$": {"no-such-page/": "LLGGG", "no-such-page": "LLGGG"},
}  # fmt: skip

#: Model → list, add, and the change page of one that is there. Nobody deletes, but those of `DELETED`; a history shows to whom the page does.
MODELS = {
    "casestudies_casestudy": ("LLIII", "LLOOO", "LLIII"),
    "casestudies_casestudyedition": ("LLRRR", "LLOOO", "LLIII"),
    "hallmarks_hallmark": ("LLIII", "LLOOO", "LLIII"),
    "hallmarks_hallmarkedition": ("LLRRR", "LLOOO", "LLIII"),
    "hallmarks_framework": ("LLIII", "LLOII", "LLIII"),
    "hallmarks_strand": ("LLIII", "LLOII", "LLIII"),
    "pages_page": ("LLIII", "LLOII", "LLIII"),
    "pages_pageedition": ("LLRRR", "LLOOO", "LLIII"),
    "references_work": ("LLIII", "LLOII", "LLIII"),
    "references_link": ("LLOII", "LLOOO", "LLOII"),
    "casestudies_tag": ("LLIII", "LLOII", "LLIII"),
    "casestudies_readyreason": ("LLIII", "LLOII", "LLIII"),
    "correspondence_message": ("LLIII", "LLOOO", "LLIII"),
    "correspondence_wording": ("LLIII", "LLOOO", "LLIII"),
    "problems_problem": ("LLOII", "LLOOO", "LLOII"),
    "casestudies_erasure": ("LLOII", "LLOOO", "LLOII"),
    "record_redaction": ("LLOOI", "LLOOO", "LLOOI"),
    "record_event": ("LLOII", "LLOOO", "LLOII"),
    "clock_job": ("LLOII", "LLOOO", "LLOII"),
    "people_user": ("LLOOI", "LLOOI", "LLOOI"),
    "signin_invitation": ("LLOOI", "LLOOI", "LLOOI"),
    "django_tasks_database_dbtaskresult": ("LLOOO", "LLOOO", "LLOOO"),
}
DELETED = {"casestudies_readyreason": "LLOII", "casestudies_tag": "LLOII"}
#: These have a history of their words; there is none of what was not sent.
WITH_HISTORY = {
    f"{room}_{model}{edition}"
    for room, model in (("casestudies", "casestudy"), ("hallmarks", "hallmark"), ("pages", "page"))
    for edition in ("", "edition")
}
DELETE, REDIRECT, UNKNOWN = "LLOOO", "LLRRR", "LLRRR"
#: Of what was not sent, translators see nothing, editors only number, age and expiry.
UNSENT_PAGES = {"casestudies_casestudy": "LLRII", "casestudies_casestudyedition": "LLRRR"}
PREVIEWS = {
    "admin:casestudies_casestudy_preview": {**dict.fromkeys(STATES, "LLIII"), "draft": "LLGGG", "awaiting_confirmation": "LLGGG"},
    "admin:casestudies_casestudy_frames": {**dict.fromkeys(STATES, "LLIII"), "draft": "LLGGG", "awaiting_confirmation": "LLGGG"},
    "admin:hallmarks_hallmark_preview": {"published": "LLIII", "not published": "LLIII", "unknown": "LLGGG"},
    "admin:hallmarks_hallmark_frames": {"published": "LLIII", "not published": "LLIII", "unknown": "LLGGG"},
    "admin:pages_page_preview": {"published": "LLIII", "not published": "LLIII", "unknown": "LLGGG"},
    "admin:pages_page_frames": {"published": "LLIII", "not published": "LLIII", "unknown": "LLGGG"},
}  # fmt: skip
