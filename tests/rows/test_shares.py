"""Beyond the agency: what a share needs, what ends it, what another agency is told; who says who holds a file."""

import threading

import psycopg
import pytest

from .test_grants import CASES, SOON, consent, grant, withdraw
from .world import ALL, FACTS, enter


@pytest.fixture
def case(world):
    return world.cases["amina"]


@pytest.fixture
def shared(world, stage, case):
    """Boris may read the facts; the consent under which he may."""
    given = consent(stage, case)
    stage.ask("amina", *grant(world, case, "boris", consent=given, until=SOON))
    return given


@pytest.mark.parametrize(
    "lacking", [{"level": "write"}, {"until": None}, {"until": "2020-01-01"}, {"basis": ""}, {"compartments": ALL | 8}]
)
def test_outside_it_is_read_on_a_basis_until_a_day(world, stage, case, lacking):
    given = {"consent": consent(stage, case), "until": SOON, **lacking}
    assert stage.refused("amina", *grant(world, case, "boris", **given))


def test_outside_it_takes_somebody_who_has_just_shown_who_they_are(world, stage, case):
    given = consent(stage, case)
    stage.own("update accounts_session set confirmed = now() - interval '11 minutes'")
    assert "shown again" in stage.refused("amina", *grant(world, case, "boris", consent=given, until=SOON))


def test_who_may_write_and_does_not_answer_for_it_shares_inside_only(world, stage, case):
    stage.ask("amina", *grant(world, case, "gita", FACTS, "write"))
    given = consent(stage, case)
    assert stage.refused("gita", *grant(world, case, "boris", consent=given, until=SOON))
    stage.ask("chloe", *grant(world, case, "boris", consent=given, until=SOON))


@pytest.mark.parametrize("decision", ["withdrawn", "refused", "given"])
def test_a_later_decision_ends_the_share_at_the_next_statement(stage, case, shared, decision):
    assert stage.ask("boris", CASES, case.pk)
    consent(stage, case, decision=decision, supersedes_id=shared)
    assert stage.ask("boris", CASES, case.pk) == []
    assert stage.own("select ended from people_caseaccess where consent_id = %s", shared) == [("consent",)]


def test_the_one_it_was_shared_with_is_told(stage, case, shared):
    consent(stage, case, decision="withdrawn", supersedes_id=shared)
    told = stage.ask(
        "boris", "select kind, subject_id, at <= now() + interval '1 minute' from notices_notice order by at"
    )
    assert ("share.ended", case.pk, True) in told
    assert stage.ask("boris", "select ended from havre.shared_with_me()") == [("consent",)]


def test_no_decision_of_another_file_takes_its_place(world, stage, case, shared):
    other = world.cases["boris"]
    text = (
        "insert into people_consent (id, at, by_id, case_id, person_id, recipient, given_by, language, method, points,"
        " decided_on, scope, decision, supersedes_id) values (gen_random_uuid(), now(), %s, %s, %s, '', 'self', '', '',"
        " '', current_date, 'share', 'withdrawn', %s)"
    )
    assert stage.refused("boris", text, world.users["boris"].pk, other.pk, other.person_id, shared)


def test_another_agency_is_told_of_its_own_people_and_the_owner(world, stage, case, shared):
    told = {row[0] for row in stage.ask("boris", "select principal from havre.circle(%s, true)", case.pk)}
    assert told == {world.users["boris"].principal, world.users["amina"].principal}
    assert stage.ask("boris", "select * from havre.explain(%s, %s)", case.pk, world.users["gita"].pk) == []


def test_what_was_is_kept_when_it_is_given_anew(world, stage, case, shared):
    stage.ask("amina", *grant(world, case, "boris", consent=shared, until="2029-01-01"))
    kept = "select ended, until <= clock_timestamp() from people_pastaccess where consent_id = %s and case_id = %s"
    assert stage.own(kept, shared, case.pk) == [("replaced", True)]


@pytest.mark.parametrize("change", ["owner_id = %s", "restricted = true or %s::uuid is null"])
@pytest.mark.parametrize("login", ["amina", "chloe"])
def test_no_plain_statement_says_who_holds_a_file(world, stage, case, login, change):
    text = f"update people_case set {change} where id = %s"
    assert "functions made for it" in stage.refused(login, text, world.users["chloe"].pk, case.pk)


@pytest.mark.parametrize("login", ["gita", "hana", "boris", "dao", "ferdinand", "nobody"])
def test_only_who_answers_for_a_file_restricts_it(stage, case, login):
    assert stage.refused(login, "select havre.restrict(%s, true, true)", case.pk)


def test_a_restricted_file_is_opened_to_named_people_by_who_answers_for_it(world, stage, case):
    stage.ask("amina", *grant(world, case, "gita", FACTS, "write"))
    stage.ask("amina", "select havre.restrict(%s, true, false)", case.pk)
    assert stage.ask("chloe", CASES, case.pk) == [] and stage.ask("gita", CASES, case.pk)
    house = world.users["chloe"].agency.principal
    text, *values = grant(world, case, "chloe")
    assert stage.refused("amina", text, values[0], house, *values[2:])
    assert stage.refused("gita", text, *values)
    stage.ask("amina", text, *values)
    assert stage.ask("chloe", CASES, case.pk)


def test_whoever_was_let_in_goes(world, stage, case, shared):
    stage.ask("boris", *withdraw(world, case, world.users["boris"].principal))
    assert stage.ask("boris", CASES, case.pk) == []


DECIDED = (
    "insert into people_consent (id, at, by_id, case_id, person_id, recipient, given_by, language, method, points,"
    " decided_on, scope, decision, supersedes_id, body_id) values (gen_random_uuid(), now(), %s, %s, %s, '', 'self',"
    " '', '', '', current_date, 'share', %s, %s, %s) returning id"
)


@pytest.fixture
def agreed(world, case):
    """A consent that is committed, so that two connections see it; and what takes it back."""
    boris = world.users["boris"]
    about = (world.users["amina"].pk, case.pk, case.person_id)
    with world.owner() as owner:
        (given,) = owner.execute(DECIDED, [*about, "given", None, boris.agency_id]).fetchone()
        owner.commit()
        yield owner, given, [*about, "withdrawn", given, boris.agency_id]
        owner.execute("delete from people_consent where supersedes_id = %s", [given])
        owner.execute("delete from people_caseaccess where consent_id = %s", [given])
        owner.execute("delete from people_consent where id = %s", [given])
        owner.execute("delete from notices_notice where user_id = %s", [boris.pk])


def test_a_consent_taken_back_while_it_is_shared_ends_the_share(world, case, agreed):
    owner, given, taking_back = agreed
    text, *values = grant(world, case, "boris", consent=given, until=SOON)
    with world.connect("havre_app") as sharing:
        enter(sharing, world.tokens["amina"])
        sharing.execute(text, values)
        taking = threading.Thread(target=lambda: _take_back(world, taking_back))
        taking.start()
        taking.join(0.5)
        assert taking.is_alive()  # it waits for what is being shared
        sharing.commit()
    taking.join()
    left = "select count(*) from people_caseaccess where consent_id = %s and until > clock_timestamp()"
    assert owner.execute(left, [given]).fetchone() == (0,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), world.connect("havre_app") as late:
        enter(late, world.tokens["amina"])
        late.execute(text, values)


def _take_back(world, values):
    with world.connect("havre_app") as taking:
        enter(taking, world.tokens["amina"])
        taking.execute(DECIDED, values)
