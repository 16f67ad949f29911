"""`pgrls lint` reads the policies with other eyes; each of its findings is mended, or answered here with the reason."""

import fnmatch
import json
import subprocess
import sys

from tests import harness

KEPT = (
    "directory",
    "keeping",
    "rights",
    "campaigns",
    "surveys",
    "training",
    "law",
    "events",
    "library",
    "digest",
    "countries",
)
ANSWERED = {
    (
        "SEC001",
        "*",
    ): "tables without rows of a person; each says why in Sensitivity.rows, and tests/rows/test_matrix.py reads it",
    (
        "SEC002",
        "*",
    ): "no FORCE: the owner has no login, and a forced owner's functions would be refused (SECURITY-DESIGN 3.1)",
    ("SEC005", "*.backup"): "the backup reads everything",
    ("SEC005", "*.floor"): "the floor asks for a session, whatever the row",
    ("SEC008", "*.backup"): "the backup reads everything, through a role of its own",
    ("SEC038", "*.backup"): "the backup is not the application: its role has no other way in than a local socket",
    ("SEC007", "public.audit_*"): "no floor: what is refused to somebody who is not signed in is recorded, too",
    ("SEC013", "public.audit_*"): "the trigger only refuses",
    **{("SEC007", f"public.{room}_*"): "no floor: what is public is read without an account (ADR 28)" for room in KEPT},
    ("SEC013", "public.directory_*s"): "the triggers refuse, or narrow what hangs on a card (ADR 28)",
    ("SEC013", "public.digest_*"): "the triggers refuse, or let items follow their issue (ADR 41)",
    ("SEC013", "*.card_is_not_its_judge"): "the trigger only refuses",
    ("SEC013", "*.publication_leads"): "a file goes as far as the row that names it (ADR 40)",
    ("SEC013", "*.review_stays"): "the trigger only refuses",
    ("SEC013", "public.surveys_*"): "the triggers refuse, or make an item go no further than its survey (ADR 36)",
    (
        "SEC013",
        "public.campaigns_*",
    ): "they refuse, sign with the actor, or let what hangs follow its campaign (ADR 35)",
    ("SEC013", "*.kept_with"): "a child takes keeper and visibility of its parent, and the policy sees what came of it",
    ("SEC013", "*.leads_kept"): "children follow their parent's visibility (ADR 35)",
    ("SEC013", "*.partner_ends"): "what an organisation took part in forgets it when its card goes (ADR 35)",
    **{
        ("PERF003", f"public.{room}_*.may_select"): "both sides of the `or` are read from the row alone"
        for room in KEPT
    },
    ("SEC013", "*.glass_ends"): "it writes when a use ended, and nothing else (ADR 25)",
    ("SEC013", "*_marked"): "they write the number of the transaction and nothing else (ADR 19)",
    ("SEC013", "*.holder_is_kept"): "the trigger only refuses",
    ("SEC013", "*.shares_end_with_consent"): "it ends what was given under a yes that is no more (ADR 24)",
    ("SEC013", "*.past_access_is_kept"): "it keeps what a row was, and ends what was shared on from it (ADR 24)",
    ("SEC014", "havre.*"): "the definer functions stand in one file, and tests/rows/test_side_doors.py counts them",
    ("SEC025", "public.notices_mailaddress.*"): "who works in which agency is open to sign-in; the row is not",
    ("SEC027", "public.people_case"): "who sees a case is in people_caseaccess, the owner's row included",
    ("SEC027", "public.assistance_risk"): "its owner is who keeps an eye on the risk; the case decides who sees it",
    (
        "SEC027",
        "public.accounts_*",
    ): "`user_id` is whose account it was; its administrator and auditor read it (ADR 23)",
    ("SEC048", "havre_test"): "the tests' role exists on servers of tests only",
    ("PERF003", "public.agreements_*.may_select"): "read by who asked or by house; a house has a few of them",
    ("PERF003", "public.accounts_*.may_select"): "read by user_id, which has its index; an account has a few of them",
    ("PERF003", "public.audit_*.may_insert"): "an insert looks at the new row alone",
    ("PERF003", "public.health_restrictedresult.*"): "read by case_id, which has its index; a case has a few of them",
    ("PERF003", "public.audit_auditsubject.may_select"): "read by case_id, which has its index",
    (
        "PERF003",
        "public.people_caseaccess.may_select",
    ): "found by principal, which has its index; `until` is checked afterwards",
}


def findings(world):
    """Rule and place of each finding."""
    url = harness.CLUSTER.url(world.name)
    command = [sys.executable, "-m", "pgrls", "lint", "--schemas", "public,havre", "--format", "json"]
    told = subprocess.run(command, env={"DATABASE_URL": url, "PATH": ""}, capture_output=True, text=True)
    return {(each["rule_id"], each["location"]) for each in json.loads(told.stdout)["violations"]}


def test_pgrls_finds_nothing_that_is_not_answered(world):
    found = findings(world)
    assert found
    open_ = [
        one for one in found if not any(one[0] == rule and fnmatch.fnmatch(one[1], place) for rule, place in ANSWERED)
    ]
    assert sorted(open_) == []
