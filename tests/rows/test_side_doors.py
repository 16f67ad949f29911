"""What injected SQL would try, on connections of the application's own role."""

import psycopg
import pytest

from .matrix import lines, private
from .world import session

DENIED = psycopg.errors.InsufficientPrivilege
TABLES = sorted(lines())


@pytest.mark.parametrize("role", ["havre_app", "havre_worker"])
@pytest.mark.parametrize(
    "statement",
    [
        "set role havre_owner",
        "set role havre_backup",
        "set session authorization havre_owner",
        "alter table people_case disable row level security",
        "alter table people_case no force row level security",
        "drop policy may_select on people_case",
        "create policy mine on people_case using (true)",
        "select * from accounts_session",
        "insert into accounts_session select * from accounts_session",
        "select * from accounts_secret",
        "truncate people_case",
        "truncate audit_auditevent",
        "update audit_auditevent set act = 'x'",
        "delete from audit_auditevent",
        "update audit_auditsubject set act = 'x'",
        "delete from audit_auditsubject",
        "alter table audit_auditevent disable trigger all",
        "update accounts_user set is_active = true",
        "insert into accounts_membership select * from accounts_membership",
        "update accounts_membership set sees_agency = true",
        "insert into people_caseaccess select * from people_caseaccess",
        "update people_caseaccess set compartments = 63",
        "delete from people_caseaccess",
        "delete from people_case",
        "delete from people_consent",
        "delete from crypto_subjectkey",
        "insert into people_case select * from people_case",
        "insert into people_person select * from people_person",
        "select havre.proven('x', 'y')",
        "select havre.token_hash()",
        "create table public.mine (x int)",
        "create function public.mine() returns int language sql as 'select 1'",
        "create or replace function havre.actor() returns uuid language sql as 'select null::uuid'",
        "grant select on accounts_session to havre_app",
        "copy people_case to program 'cat'",
        "select pg_read_file('pg_hba.conf')",
    ],
)
def test_it_is_refused(world, role, statement):
    with session(world, "amina", role) as asked, pytest.raises(DENIED):
        asked.execute(statement.encode())


def test_a_statement_that_turns_row_security_off_reads_nothing_at_all(world):
    with session(world, "amina") as asked:
        asked.execute("set local row_security = off")
        with pytest.raises(DENIED):
            asked.execute("select * from people_case")


def test_copy_into_a_guarded_table_is_refused(world):
    refused = pytest.raises(psycopg.errors.FeatureNotSupported)
    with session(world, "amina") as asked, refused, asked.cursor().copy("copy people_personname from stdin") as copy:
        copy.write("")


@pytest.mark.parametrize("token", ["", "0" * 64, "9f" * 32, "' or true --", "é" * 300])
def test_a_forged_token_opens_nothing(world, token):
    with world.connect("havre_app") as asked:
        asked.execute("select set_config('havre.token', %s, true)", [token])
        assert asked.execute("select havre.actor(), havre.principals()").fetchone() == (None, [])
        for table in TABLES:
            assert asked.execute(f"select 1 from {table} where {private(table)} limit 1").fetchone() is None


def test_what_the_database_keeps_of_a_token_opens_nothing(world, stage):
    (kept,) = stage.own(
        "select encode(token_hash, 'hex') from accounts_session where user_id = %s", world.users["amina"].pk
    )[0]
    stage.asked.execute("select set_config('havre.token', %s, true)", [kept])
    stage.become("havre_app")
    assert stage.asked.execute("select havre.actor()").fetchone() == (None,)


def test_setting_other_claims_changes_nothing(world):
    with session(world, "ferdinand") as asked:
        for name in ("user", "actor", "principals", "agency"):
            asked.execute("select set_config(%s, %s, true)", [f"havre.{name}", str(world.users["amina"].pk)])
        assert asked.execute("select count(*) from people_case").fetchone() == (0,)


def test_a_temporary_table_cannot_pose_as_one_of_ours(world):
    with session(world, "ferdinand") as asked:
        asked.execute("create temp table accounts_session (like people_case); create temp table uuid (x int)")
        assert asked.execute("select havre.actor()").fetchone() == (world.users["ferdinand"].pk,)


def test_a_session_or_job_begins_by_proof_only(world):
    for call in ("begin_session(%s, %s, '', interval '1 hour', %s)", "begin_job(%s, %s, %s)"):
        with session(world, "amina") as asked, pytest.raises(DENIED):
            asked.execute(f"select havre.{call}", [b"h" * 32, world.users["chloe"].pk, b"p" * 32])


def test_the_proof_of_a_session_does_not_begin_a_job(world):
    from havre.platform.accounts.claims import proof

    chloe, hashed = world.users["chloe"], b"h" * 32
    with session(world, "nobody") as asked, pytest.raises(DENIED):
        asked.execute(
            "select havre.begin_job(%s, %s, %s)", [hashed, chloe.pk, proof("session", chloe.pk, hashed.hex())]
        )


def test_an_act_of_somebody_who_is_not_signed_in_is_recorded_in_no_name(world):
    text = (
        "insert into audit_auditevent (id, at, user_id, act, refused, reason, request_id)"
        " values (gen_random_uuid(), now(), %s, 'session.refused', true, '', gen_random_uuid())"
    )
    with session(world, "nobody") as asked:
        asked.execute(text, [None])
        with pytest.raises(DENIED):
            asked.execute(text, [world.users["amina"].pk])


def test_the_token_shows_in_no_list_of_running_statements(world):
    with session(world, "amina") as asked, world.owner() as owner:
        asked.execute("select 1")
        running = owner.execute("select query from pg_stat_activity").fetchall()
        assert not [query for (query,) in running if world.tokens["amina"] in query]


OWNERS = {
    "actor", "principals", "begin_session", "extend", "end", "begin_job", "open_case", "grant", "withdraw",
    "circle", "mark_names", "directory_find", "record_end", "record_leaves", "record_export",
    "administers", "invite", "invite_again", "invited", "accept", "appoint", "suspend", "remove", "reset_factors",
    "keep_team", "caseloads", "hand_over",
    "shared_with_me", "explain", "restrict", "end_shares",
    "reviews", "break_glass", "end_glass", "review_glass", "glass_ends",
    "remind_heads", "count_unread", "rehome", "agrees", "ask_export", "answer", "use_agreement",
    "mail_next", "mail_take", "mail_end", "mail_wait",
    "check_begin", "check_next", "check_take", "check_end", "check_wait", "check_read", "check_answer",
    "training_next", "training_take", "training_end", "training_wait", "training_read", "training_answer",
    "certificate_check", "calendar_read",
    "suggestion_answer", "suggestion_tells", "duplicate_tells", "card_ends", "contact_ends", "contact_moves",
    "begin_door", "confirm", "confirmed", "factors", "enrol", "use_factor", "drop_factors", "set_password",
    "sessions", "end_others", "leaving",
    "digest_holds", "digest_leads", "feed_take", "feed_recent", "feed_done", "digest_house", "digest_subscribe",
    "digest_ask_next", "digest_ask_take", "digest_ask_end", "digest_ask_wait", "digest_link", "digest_confirm",
    "digest_leave", "digest_begin", "digest_next", "digest_take", "digest_end", "digest_wait", "digest_again",
    "digest_forget",
    "agency", "directory_reach", "keeps_places", "card_holds", "card_leads", "place_holds", "place_hides",
    "survey_read", "survey_answer", "survey_load", "survey_holds", "survey_leads", "survey_stays",
    "items_freeze",
    "place_forgets", "change_forgets", "directory_country", "directory_offers",
    "library_find", "library_pages", "publication_leads",
    "campaign_holds", "campaign_leads", "campaign_speaks", "review_signed", "material_leads", "partner_ends",
}  # fmt: skip


def test_the_owners_functions_are_those_of_the_file_and_fix_their_path(stage):
    found = stage.own(
        "select proname, proconfig from pg_proc where prosecdef and pronamespace::regnamespace::text not like 'pg\\_%'"
    )
    assert {name for name, _path in found} == OWNERS
    assert {path[0] for _name, path in found} == {"search_path=pg_catalog, pg_temp"}
    planner = {setting for _name, path in found for setting in path[1:]}
    plans = {"plan_cache_mode=force_custom_plan", "plan_cache_mode=force_generic_plan"}
    assert planner - plans == {"enable_seqscan=off", "enable_hashjoin=off", "enable_mergejoin=off"}
    others = "pronamespace = 'havre'::regnamespace and has_function_privilege('havre_backup', oid, 'execute')"
    assert stage.own(f"select proname from pg_proc where {others}") == []
