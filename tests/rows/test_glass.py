"""Emergency access in the database, the application out of the way: forged calls, limits, review."""

import uuid

import psycopg
import pytest

from havre.platform.permissions import Compartment

from .world import ALL, FACTS

HEALTH = int(Compartment.HEALTH)
NAMED = FACTS | int(Compartment.IDENTITY)
SEEN = "select count(*) from people_case where id = %s"
ASK = "select havre.break_glass(%s, %s, %s, %s, %s::bytea, %s::interval)"
MISSING = "no file can be opened with this reference"


@pytest.fixture
def case(world):
    """Gita's file, open to the house again: Amina and Hana do not reach it."""
    return world.cases["gita"]


@pytest.fixture
def stage(stage, case):
    """Gita's file stands unrestricted in this transaction; what `filling` wrote of uses is gone."""
    stage.own("update people_case set restricted = false where id = %s", case.pk)
    stage.own("delete from glass_breakglass; delete from notices_notice")
    return stage


def ask(case, parts=NAMED, reason="danger", words=b"sealed", hours="4 hours", key=None):
    """The statement, and its values."""
    reference = case if isinstance(case, str) else case.reference
    return ASK, key or uuid.uuid4(), reference, parts, reason, words, hours


def use(stage):
    """The one use there is."""
    ((key,),) = stage.own("select id from glass_breakglass")
    return key


def told(stage):
    """Who was told of what, and whether it is for later."""
    return set(
        stage.own(
            "select u.login, n.kind, n.at > clock_timestamp()"
            " from notices_notice n join accounts_user u on u.id = n.user_id"
        )
    )


def over(stage):
    """The access runs out now."""
    stage.own("update people_caseaccess set until = clock_timestamp() where purpose = 'break_glass'")


def test_a_file_is_open_to_read_for_four_hours_and_those_concerned_are_told(world, stage, case):
    assert stage.ask("amina", SEEN, case.pk) == [(0,)]
    stage.ask("amina", *ask(case))
    assert stage.ask("amina", SEEN, case.pk) == [(1,)]
    assert told(stage) == {
        ("gita", "glass.opened", False),
        ("ines", "glass.review", False),
        ("ines", "glass.late", True),
    }
    (row,) = stage.own(
        "select level, purpose, compartments, until - since from people_caseaccess where purpose = 'break_glass'"
    )
    assert row[:3] == ("read", "break_glass", NAMED) and row[3].total_seconds() <= 4 * 3600
    over(stage)
    assert stage.ask("amina", SEEN, case.pk) == [(0,)]


def test_only_the_parts_that_were_named_are_open_and_nothing_can_be_written(world, stage, case):
    stage.ask("amina", *ask(case, FACTS))
    assert stage.ask("amina", "select count(*) from people_personname where person_id = %s", case.person_id) == [(0,)]
    assert stage.ask("amina", "update people_case set version = version where id = %s returning 1", case.pk) == []
    grant = 'select havre."grant"(%s, %s, 1, %s, %s, null, null)'
    assert stage.refused("amina", grant, case.pk, world.users["hana"].principal, "read", "cover")
    assert stage.refused("amina", "select havre.withdraw(%s, %s)", case.pk, world.users["gita"].principal)


@pytest.mark.parametrize(
    "fault",
    [
        {"hours": "4 hours 1 second"}, {"hours": "0"}, {"hours": "-1 hour"}, {"hours": None}, {"hours": "infinity"},
        {"parts": ALL | HEALTH}, {"parts": 0}, {"parts": -1}, {"parts": None}, {"parts": 64 | 1},
        {"parts": int(Compartment.IDENTITY)}, {"reason": ""}, {"reason": None}, {"words": b""}, {"words": None},
    ],
    ids=str,
)  # fmt: skip
def test_it_is_never_longer_wider_or_without_a_reason(stage, case, fault):
    assert stage.refused("amina", *ask(case, **fault))


def test_a_health_worker_opens_health_and_never_where_somebody_is(stage, case):
    assert stage.refused("hana", *ask(case, FACTS | int(Compartment.WHEREABOUTS)))
    stage.ask("hana", *ask(case, FACTS | HEALTH))


@pytest.mark.parametrize("login", ["dao", "ferdinand", "ines", "nobody"])
def test_who_holds_no_cases_opens_none(stage, case, login):
    assert "holds cases" in stage.refused(login, *ask(case, FACTS))


def test_it_is_asked_for_by_somebody_who_has_just_shown_who_they_are(world, stage, case):
    for stale in ("clock_timestamp() - interval '11 minutes'", "null"):
        stage.own(f"update accounts_session set confirmed = {stale} where user_id = %s", world.users["amina"].pk)
        assert "just shown" in stage.refused("amina", *ask(case))


@pytest.mark.parametrize(
    "change",
    [
        "update accounts_user set is_active = false where id = %s",
        "update accounts_membership set ends = clock_timestamp() where user_id = %s",
        "update accounts_session set seen = '-infinity' where user_id = %s",
    ],
)
def test_a_user_who_is_suspended_left_or_locked_opens_nothing(world, stage, case, change):
    stage.own(change, world.users["amina"].pk)
    assert stage.refused("amina", *ask(case))


def test_absent_foreign_restricted_and_reached_files_get_one_answer(world, stage, case):
    stage.own("update people_case set restricted = true where id = %s", case.pk)
    for asked in (
        "ZZZ-ZZZ",
        world.cases["boris"],
        world.cases["amina"],
        case,
        "",
        "' or true --",
        case.reference.lower(),
    ):
        assert stage.refused("amina", *ask(asked)) == MISSING, asked
    assert told(stage) == set() and stage.own("select count(*) from glass_breakglass") == [(0,)]


def test_nobody_opens_for_somebody_else_nor_by_writing_the_table(world, stage, case):
    stage.ask("amina", *ask(case))
    assert stage.ask("hana", SEEN, case.pk) == [(0,)]
    columns = "id, case_id, agency_id, user_id, owner_id, compartments, reason, begun, until"
    assert stage.refused("hana", f"insert into glass_breakglass ({columns}) select {columns} from glass_breakglass")
    assert stage.refused("amina", "update glass_breakglass set reviewed_at = now(), verdict = 'justified'")
    assert stage.refused("amina", "delete from glass_breakglass")
    assert stage.refused("amina", "update accounts_user set glass_until = null")
    assert stage.refused("amina", "select havre.note(%s, 'glass.opened', null, null)", world.users["gita"].pk)


def test_unreviewed_use_blocks_the_next_whatever_became_of_it(world, stage, case):
    stage.ask("amina", *ask(case))
    for _each in range(2):
        assert "waits for its review" in stage.refused("amina", *ask("ZZZ-ZZZ"))
        over(stage)
    stage.ask("ines", "select havre.review_glass(%s, 'justified', 'x')", use(stage))
    assert stage.refused("amina", *ask("ZZZ-ZZZ")) == MISSING
    stage.ask("amina", *ask(case))


def test_two_unreviewed_uses_do_not_stand_side_by_side(stage, case):
    stage.ask("amina", *ask(case))
    columns = "case_id, agency_id, user_id, owner_id, compartments, reason, words, sentence, begun, until"
    with pytest.raises(psycopg.errors.UniqueViolation):
        stage.own(
            f"insert into glass_breakglass (id, {columns}) select gen_random_uuid(), {columns} from glass_breakglass"
        )


def test_it_is_not_opened_where_nobody_could_review_it(world, stage, case):
    stage.own("update accounts_membership set ends = clock_timestamp() where user_id = %s", world.users["ines"].pk)
    assert "nobody could review" in stage.refused("amina", *ask(case))
    role = "update accounts_membership set role = 'data_protection_lead' where user_id = %s"
    stage.own(role, world.users["amina"].pk)
    assert "nobody could review" in stage.refused("amina", *ask(case))  # nor by oneself
    stage.own(role, world.users["boris"].pk)
    assert "nobody could review" in stage.refused("amina", *ask(case))  # nor by another agency


def test_it_is_reviewed_once_after_its_end_by_somebody_else_of_the_agency(world, stage, case):
    stage.ask("amina", *ask(case))
    answer = "select havre.review_glass(%s, %s, %s::bytea)"
    key = use(stage)
    assert stage.refused("ines", answer, key, "justified", b"x")  # it runs
    over(stage)
    for login in ("amina", "gita", "chloe", "dao", "ferdinand", "boris", "nobody"):
        assert stage.refused(login, answer, key, "justified", b"x"), login
    for verdict, sentence in (("perhaps", b"x"), (None, b"x"), ("justified", b""), ("justified", None)):
        assert stage.refused("ines", answer, key, verdict, sentence)
    stage.ask("ines", answer, key, "not_justified", b"x")
    assert stage.refused("ines", answer, key, "justified", b"x")
    assert {("amina", "glass.reviewed", False), ("gita", "glass.answered", False)} <= told(stage)
    assert stage.own(
        "select count(*) from notices_notice where kind in ('glass.review', 'glass.late') and read_at is null"
    ) == [(0,)]


def test_a_reviewer_who_opened_the_file_does_not_review_it(world, stage, case):
    stage.ask("amina", *ask(case))
    over(stage)
    stage.own(
        "update accounts_membership set role = 'data_protection_lead' where user_id = %s", world.users["amina"].pk
    )
    assert stage.refused("amina", "select havre.review_glass(%s, 'justified', 'x')", use(stage))
    assert stage.own("select verdict from glass_breakglass") == [("",)]


@pytest.mark.parametrize(
    "login, may", [("amina", True), ("ines", True), ("gita", False), ("hana", False), ("boris", False)]
)
def test_it_ends_at_once_by_its_user_or_its_reviewer(world, stage, case, login, may):
    stage.ask("amina", *ask(case))
    assert (stage.refused(login, "select havre.end_glass(%s)", use(stage)) == "") is may
    assert stage.ask("amina", SEEN, case.pk) == [(0 if may else 1,)]
    assert stage.own("select until <= clock_timestamp() from glass_breakglass") == [(may,)]


@pytest.mark.parametrize(
    "by, statement",
    [
        ("gita", "select havre.withdraw(%(case)s, %(amina)s)"),
        ("gita", "select havre.restrict(%(case)s, true, false)"),
        ("amina", "select havre.withdraw(%(case)s, %(amina)s)"),
    ],
)
def test_whatever_ends_it_the_use_says_so_and_can_be_reviewed(world, stage, case, by, statement):
    stage.ask("amina", *ask(case))
    values = {"%(case)s": f"'{case.pk}'", "%(amina)s": str(world.users["amina"].principal)}
    for name, value in values.items():
        statement = statement.replace(name, value)
    stage.ask(by, statement)
    assert stage.ask("amina", SEEN, case.pk) == [(0,)]
    stage.ask("ines", "select havre.review_glass(%s, 'justified', 'x')", use(stage))


def test_who_reviews_reads_of_the_use_and_nothing_of_the_file(world, stage, case):
    stage.ask("amina", *ask(case))
    assert {login: len(stage.ask(login, "select 1 from glass_breakglass")) for login in world.users} == {
        **dict.fromkeys(world.users, 0), "amina": 1, "gita": 1, "ines": 1,
    }  # fmt: skip
    assert stage.ask("ines", SEEN, case.pk) == [(0,)]
    assert stage.ask("ines", "select 1 from crypto_subjectkey where subject_id = %s", case.pk) == []


def test_a_notice_is_no_letter_and_no_false_alarm(world, stage, case):
    note, gita = "select havre.note(%s, %s, %s::uuid, null)", world.users["gita"].pk
    for login in ("amina", "ines", "nobody"):
        assert stage.refused(login, note, gita, "glass.opened", case.pk)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), stage.asked.transaction():
        stage.own(note, gita, "meet me at eight", None)
    stage.own(note, gita, "glass.opened", case.pk)
    assert stage.own(note, gita, "glass.opened", case.pk) == [(None,)]
    assert len(stage.ask("gita", "select 1 from notices_notice")) == 1
    assert stage.ask("amina", "select 1 from notices_notice") == []
    assert stage.refused("amina", "select * from havre.mail_next()")
