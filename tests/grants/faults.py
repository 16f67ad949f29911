"""Faults planted in a policy or a function: the machine must find each of them."""

from __future__ import annotations

from havre.platform.database import setup

FUNCTIONS = setup.functions()


def changed(before: str, after: str, text: str = FUNCTIONS) -> str:
    """The function in which that stands, with something else there."""
    found = [each for each in text.split("create or replace function ") if before in each]
    assert len(found) == 1, before
    function = found[0][: found[0].index("end $$;") + len("end $$;")]
    return "create or replace function " + function.replace(before, after)


TEAM = """(m.holds_cases and m.compartments & t.compartments = t.compartments, t.principal),
      (m.sees_agency, a.principal), (m.audits"""
REACHED = "exists (select 1 from people_caseaccess a where a.case_id = people_case.id offset 0)"
FAULTS = {
    "the policy forgets the end of a row": "alter policy may_select on people_caseaccess using"
    " (principal = any((select havre.principals())::bigint[]))",
    "names are not looked at part by part": "alter policy may_select on people_personname using"
    " (exists (select 1 from people_caseaccess a where a.person_id = people_personname.person_id offset 0))",
    "who may read may write": f"alter policy may_update on people_case using ({REACHED}) with check ({REACHED})",
    "a suspended user is somebody": changed("and u.is_active\n      and s.expires", "and s.expires"),
    "a team opens all its files to every role": changed(
        TEAM, TEAM.replace(" and m.compartments & t.compartments = t.compartments", "")
    ),
    "any consent will do": changed("and k.body_id = recipient.house and", "and"),
    "a consent that was taken back will do": changed(
        "\n      and not exists (select 1 from public.people_consent later where later.supersedes_id = k.id)", ""
    ),
    "outside it may be written": changed("p_level <> 'read' or p_until is null", "p_until is null"),
    "who may write shares outside": changed("and (answers or not outside);", ";"),
    "for longer than oneself": changed("and (a.until is null or p_until <= a.until) and (answers", "and (answers"),
    "further than a role": changed(" or p_compartments & ~recipient.reach <> 0", ""),
    "teams see restricted files": changed("c.restricted and not (answers and recipient.named)", "false"),
    "anybody who reads ends access": changed("and (there.given_by = me.id or", "and (true or"),
    "a consent that goes ends nothing": changed("a.consent_id = new.supersedes_id and", "false and"),
    "what was shared on stays": changed("a.via = old.id and", "false and"),
    "the house stays in a restricted file": changed(
        "or not exists (select 1 from public.accounts_user u where u.principal = a.principal));\n    if p_stay",
        "or false);\n    if p_stay",
    ),
    "an emergency opens restricted files": changed("and not f.restricted and not exists", "and not exists"),
    "an emergency lets one share": changed(
        "and a.onward and a.purpose <> 'break_glass' and p_level",
        "and (a.onward or a.purpose = 'break_glass') and p_level",
    ),
    "a file is restricted by anybody who sees it": changed("c.id is null or not havre.answers_for(c)", "c.id is null"),
}
