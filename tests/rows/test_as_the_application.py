"""What injected SQL could learn by detours: messages, keys, numbers, plans, statistics, what is left on a connection.

All of it on connections of the application's own role and of the worker's, with a session of somebody who reaches
nothing of the file they ask about.
"""

import json
import re

import psycopg
import pytest

from .matrix import key_of, lines, stored
from .world import enter, session

ROLES = ("havre_app", "havre_worker")
DENIED = psycopg.errors.InsufficientPrivilege
BY_CASE = sorted(line.table for line in lines().values() if line.by in ("case", "named") and "insert" in line.writes)
FUNCTIONS = """
    select p.oid, n.nspname || '.' || p.proname, p.prosecdef, p.proleakproof, p.prosrc, l.lanname,
      p.proowner::regrole::text, coalesce(p.proconfig, '{}'), has_function_privilege('public', p.oid, 'execute')
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
    where n.nspname not in ('pg_catalog', 'information_schema')"""


@pytest.fixture(params=ROLES)
def asked(request, world):
    """Boris, at Amina's agency's files: a connection with his own token."""
    with session(world, "boris", request.param) as asked:
        yield asked


@pytest.fixture
def hers(world):
    """The file he must learn nothing of."""
    return world.cases["amina"]


def told(asked, text, values=None):
    """How the database answers: the rows, or the kind and the words of its refusal."""
    try:
        with asked.transaction(force_rollback=True):
            answer = asked.execute(text.encode(), values)
            return answer.fetchall() if answer.description else answer.rowcount
    except psycopg.Error as error:
        return error.sqlstate, error.diag.message_primary, error.diag.message_detail


# Functions


def test_every_function_with_the_owners_rights_is_pinned_static_and_not_for_everybody(stage):
    """Walked over the catalogue, so that a new one is held to it from its first day."""
    found = [each for each in stage.own(FUNCTIONS) if each[2]]
    assert len(found) > 10
    for _oid, name, _definer, _leakproof, source, language, owner, settings, public in found:
        code = re.sub(r"--[^\n]*", "", source)
        assert (name, language, owner, public) == (name, "plpgsql", "havre_owner", False)
        assert (name, settings[0]) == (name, "search_path=pg_catalog, pg_temp")
        # Each statement is written out: none is put together from what it was given.
        assert (name, re.findall(r"\bexecute\b|\bformat\s*\(|quote_(?:ident|literal)", code, re.IGNORECASE)) == (
            name,
            [],
        )
        # Each table and function is named with its schema: nothing is looked up where a temporary one could stand.
        bare = re.findall(
            r"\b(?:from|join|into|update)\s+((?!public\.|havre\.|pg_class\b|jsonb_array_elements\b)[a-z_]+_[a-z_]+)\b",
            code,
        )
        assert (name, [each for each in bare if f"{each} as (" not in code]) == (name, [])


def test_no_function_or_operator_of_ours_is_called_leakproof(stage):
    assert [name for _oid, name, _definer, leakproof, *_ in stage.own(FUNCTIONS) if leakproof] == []
    ours = "select oprname from pg_operator where oprnamespace <> 'pg_catalog'::regnamespace"
    assert stage.own(ours) == []


def test_a_function_of_ones_own_that_is_cheap_is_not_shown_foreign_rows(asked, world):
    """Were it run before the policy, it would tell of each row it was shown."""
    shown = []
    asked.add_notice_handler(lambda notice: shown.append(notice.message_primary))
    asked.execute(
        "create function pg_temp.look(text) returns boolean language plpgsql cost 0.0000001 as"
        " $$ begin raise notice '%', $1; return true; end $$"
    )
    asked.execute("select 1 from people_case where pg_temp.look(reference)")
    assert shown == [world.cases["boris"].reference]
    with pytest.raises(DENIED):
        asked.execute("create function pg_temp.sure(text) returns boolean language sql leakproof as 'select true'")


@pytest.mark.parametrize("name", ["people_caseaccess", "accounts_session", "accounts_user", "accounts_membership"])
def test_a_temporary_table_first_on_the_path_does_not_stand_in_for_ours(asked, hers, name):
    session_of = "(token_hash bytea, user_id uuid, expires timestamptz, seen timestamptz, idle interval)"
    like = f"as select * from public.{name} where false"
    asked.execute(f"create temp table {name} {session_of if name == 'accounts_session' else like}")
    asked.execute("set local search_path = pg_temp, public")
    before = asked.execute("select havre.actor(), havre.principals()").fetchone()
    if name == "people_caseaccess":
        asked.execute(
            "insert into pg_temp.people_caseaccess (case_id, person_id, principal, compartments, level)"
            " values (%s, %s, %s, 63, 'write')",
            [hers.pk, hers.person_id, before[1][0]],
        )
    assert asked.execute("select havre.actor(), havre.principals()").fetchone() == before
    assert asked.execute("select 1 from public.people_case where id = %s", [hers.pk]).fetchall() == []


# Messages, keys and numbers


@pytest.mark.parametrize("table", BY_CASE)
def test_a_row_for_a_foreign_file_is_refused_as_one_for_a_file_that_is_not(world, asked, table):
    """By the very same words, whether its number is taken or free: no key tells that something stands there."""
    with world.owner() as owner:
        key, line = key_of(owner, table), lines()[table]
        of = str(world.cases["amina"].pk)
        body = next(json.loads(row.body) for row in stored(owner, table) if row[line.column] == of)
    nowhere = "0a6f6a44-7d3e-4d0a-9c3c-5a2c7f1e9b01"
    insert = f"insert into {table} select (jsonb_populate_record(null::{table}, %s)).*"
    taken, free, absent = (
        told(asked, insert, [json.dumps({**body, **changed})])
        for changed in ({}, {key: nowhere}, {key: nowhere, line.column: nowhere, "person_id": nowhere})
    )
    assert taken == free == absent
    assert taken[0] == "42501"


@pytest.mark.parametrize(
    "question",
    [
        "select 1 / (case when reference = %(reference)s then 0 else 1 end) from people_case",
        "select (case when id = %(id)s then 'x' else '1' end)::int from people_case",
        "select * from people_case where id = %(id)s for update",
        "select * from people_case where reference = %(reference)s for share",
        "select count(*) from people_case where person_id = %(person)s",
        "select 1 from people_caseaccess where case_id = %(id)s",
        "select 1 from crypto_subjectkey where subject_id = %(id)s",
        "update people_case set state = state where id = %(id)s",
        "select havre.circle(%(id)s)",
        "select havre.withdraw(%(id)s, 1)",
        """select havre."grant"(%(id)s, 1, 1, 'read', 'x', null, null)""",
        "merge into people_task t using (select %(id)s::uuid as c) s on t.case_id = s.c"
        " when matched then update set version = t.version",
        "insert into audit_auditsubject (event_id, case_id, at, user_id, act)"
        " values (gen_random_uuid(), %(id)s, now(), havre.actor(), 'x')",
    ],
)
def test_a_question_about_a_foreign_file_is_answered_as_one_about_a_file_that_is_not(asked, hers, question):
    real = {"id": hers.pk, "reference": hers.reference, "person": hers.person_id}
    nobody = {"id": hers.pk.__class__(int=7), "reference": "ZZ2-ZZ2", "person": hers.pk.__class__(int=7)}
    assert told(asked, question, real) == told(asked, question, nobody)


def test_the_message_of_a_fault_holds_only_values_of_ones_own_rows(asked, world, hers):
    """A cast that fails tells the value it met: it meets none of another agency."""
    for column in ("reference", "state", "id"):
        answer = told(asked, f"select {column}::text::int from people_case order by reference")
        assert hers.reference not in str(answer) and str(hers.pk) not in str(answer)
    assert world.cases["boris"].reference in str(told(asked, "select reference::int from people_case"))


def test_copy_writes_out_ones_own_rows_alone_and_reaches_no_file(asked, world, hers):
    with asked.cursor().copy("copy people_case to stdout") as copy:
        out = b"".join(bytes(each) for each in copy).decode()
    assert world.cases["boris"].reference in out and hers.reference not in out
    for target in ("'/tmp/havre'", "program 'cat'"):
        assert told(asked, f"copy people_case to {target}")[0] == "42501"


def test_numbers_that_are_counted_on_belong_to_no_person_and_no_file(stage):
    """Their next value is known to whoever may insert: it tells how much the whole installation does, and no more."""
    may = "has_sequence_privilege('{}', c.oid, 'usage') or has_sequence_privilege('{}', c.oid, 'select')"
    tables = stage.own(
        "select distinct t.relname from pg_class c join pg_depend d on d.objid = c.oid and d.deptype in ('a', 'i')"
        f" join pg_class t on t.oid = d.refobjid where c.relkind = 'S' and ({may.format(*['havre_app'] * 2)})"
    )
    case_tables = {line.table for line in lines().values() if line.by in ("case", "person", "named")}
    assert {name for (name,) in tables} & case_tables == set()


# Statistics, plans, other connections


def test_the_statistics_of_guarded_tables_are_hidden(asked, stage):
    stage.own("analyze people_case, people_personname, people_caseaccess")
    for view in ("pg_stats", "pg_stats_ext", "pg_stats_ext_exprs"):
        seen = asked.execute(f"select tablename from {view} where schemaname = 'public'".encode()).fetchall()
        assert {name for (name,) in seen} & set(lines()) == set()
    for table in ("pg_statistic", "pg_statistic_ext_data", "pg_authid", "pg_shadow", "pg_largeobject"):
        assert told(asked, f"select 1 from {table}")[0] == "42501"


def test_a_plan_tells_no_value_of_a_foreign_row(asked, hers):
    for form in ("text", "json", "xml"):
        explain = f"explain (verbose, analyze, buffers, format {form}) select * from people_case"
        plan = str(asked.execute(explain.encode()).fetchall())
        assert hers.reference not in plan and str(hers.pk) not in plan


def test_nothing_of_what_others_ask_shows_in_the_list_of_what_runs(asked, world, hers):
    with session(world, "amina") as other:
        other.execute("select 1 from people_case where reference = %s", [hers.reference])
        views = "select query from pg_stat_activity union all select statement from pg_prepared_statements"
        running = [text for (text,) in asked.execute(views).fetchall() if text]
        assert not [text for text in running if hers.reference in text or world.tokens["amina"] in text]
        assert asked.execute("select 1 from pg_cursors where name not like '\\_%'").fetchall() == []


def test_a_statement_that_was_prepared_for_somebody_else_asks_anew_who_asks(world, hers):
    with world.connect("havre_app") as asked:
        asked.execute("set plan_cache_mode = force_generic_plan")
        asked.execute("prepare theirs as select reference from people_case")
        seen = []
        for login in ("amina", "boris", "amina", "nobody"):
            with asked.transaction():
                enter(asked, world.tokens.get(login, ""))
                seen.append([ref for (ref,) in asked.execute("execute theirs").fetchall()])
        asked.execute("deallocate theirs")
        asked.rollback()
    own = world.cases["boris"].reference
    assert hers.reference in seen[0] and seen == [seen[0], [own], seen[0], []]


def test_a_claim_ends_with_its_transaction_and_no_cursor_outlives_it_with_foreign_rows(world, hers):
    with world.connect("havre_app") as asked:
        with asked.transaction():
            enter(asked, world.tokens["amina"])
        assert asked.execute("select current_setting('havre.token', true), havre.actor()").fetchone() == ("", None)
        asked.rollback()
        with asked.transaction():
            enter(asked, world.tokens["boris"])
            assert asked.execute("select 1 from people_case where id = %s", [hers.pk]).fetchall() == []


def test_a_large_object_of_the_owner_is_not_read(asked, world):
    with world.owner() as owner:
        number = owner.execute("select lo_from_bytea(0, 'a secret')").fetchone()[0]
        owner.commit()
        try:
            for text in ("lo_get({})", "lo_put({}, 0, 'x')", "lo_unlink({})", "lo_export({}, '/tmp/x')"):
                assert told(asked, f"select {text.format(number)}")[0] == "42501"
            assert told(asked, "select lo_import('/etc/hostname')")[0] == "42501"
        finally:
            owner.execute("select lo_unlink(%s)", [number])


@pytest.mark.parametrize(
    "statement",
    [
        "create schema mine", "create table public.mine ()", "create view public.mine as select 1",
        "create extension dblink", "create index mine on people_case (state)",
        "create rule mine as on select to people_case do instead nothing",
        "create trigger mine before insert on people_task for each row execute function havre.mark_access()",
        "create event trigger mine on ddl_command_end execute function havre.mark_access()",
        "create publication mine", "create policy mine on people_task using (true)",
        "alter policy may_select on people_case using (true)", "alter table people_case owner to current_user",
        "alter function havre.actor() leakproof", "alter role havre_backup login",
        "alter role current_user bypassrls", "alter role current_user superuser", "grant havre_owner to current_user",
        "grant havre_backup to current_user", "set session_replication_role = replica", "set role havre_test",
        "set session authorization postgres", "select pg_read_file('PG_VERSION')", "select pg_ls_dir('.')",
        "select pg_reload_conf()", "select pg_switch_wal()", "select pg_read_binary_file('global/pg_control')",
        "select * from pg_hba_file_rules", "select * from pg_file_settings",
        "select pg_logical_emit_message(true, 'x', 'y'); select pg_create_logical_replication_slot('mine', 'pgoutput')",
        "select * from accounts_session", "select * from accounts_secret", "copy accounts_session to stdout",
        "lock table accounts_session in access share mode", "load '$libdir/plpgsql'",
        "create operator public.=== (leftarg = text, rightarg = text, function = texteq)",
        "create cast (text as uuid) with inout", "update pg_proc set prosrc = 'x' where proname = 'actor'",
        "delete from pg_policy", "security label on table people_case is 'x'",
    ],
)  # fmt: skip
def test_it_is_refused(asked, statement):
    with pytest.raises((DENIED, psycopg.errors.FeatureNotSupported, psycopg.errors.InvalidParameterValue)):
        asked.execute(statement.encode())
