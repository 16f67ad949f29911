"""Letting in and letting out: never further, never longer, never past the person's consent, and no file is orphaned."""

import pytest

from havre.platform.permissions import Compartment

from .world import ALL, FACTS

IDENTITY, HEALTH = int(Compartment.IDENTITY), int(Compartment.HEALTH)
HEALTH_WORK = FACTS | IDENTITY | HEALTH
CASES = "select reference from people_case where id = %s"


@pytest.fixture
def case(world):
    return world.cases["amina"]


def grant(world, case, to, compartments=FACTS, level="read", consent=None, until=None, basis="consent", onward=False):
    """The statement that lets somebody in, and its values."""
    text = 'select havre."grant"(%s, %s, %s, %s, %s, %s::uuid, %s::timestamptz, %s, %s)'
    return text, case.pk, world.users[to].principal, compartments, level, "cover", consent, until, basis, onward


def withdraw(world, case, principal):
    return "select havre.withdraw(%s, %s)", case.pk, principal


def consent(stage, case, **more):
    """A standing consent of the person to share, and its number."""
    house = stage.world.users["boris"].agency_id
    values = {"scope": "share", "decision": "given", "expires": None, "supersedes_id": None, "body": house, **more}
    names = ("scope", "decision", "expires", "supersedes_id", "body")
    (row,) = stage.own(
        "insert into people_consent (id, at, by_id, case_id, person_id, recipient, given_by, language, method, points,"
        " decided_on, scope, decision, expires, supersedes_id, body_id) values (gen_random_uuid(), now(), %s, %s, %s,"
        " '', 'self', '', '', '', current_date, %s, %s, %s, %s, %s) returning id",
        *(stage.world.users["amina"].pk, case.pk, case.person_id, *(values[name] for name in names)),
    )
    return row[0]


SOON = "2030-01-01"


def level(stage, case, login):
    principal = stage.world.users[login].principal
    found = stage.own(
        "select compartments, level from people_caseaccess where case_id = %s and principal = %s", case.pk, principal
    )
    return found[0] if found else None


def test_a_colleague_is_let_in_and_out_again(world, stage, case):
    stage.ask("amina", *grant(world, case, "gita", ALL, "write"))
    assert stage.ask("gita", "select count(*) from people_personname where person_id = %s", case.person_id) == [(1,)]
    stage.ask("amina", *withdraw(world, case, world.users["gita"].principal))
    assert stage.ask("gita", CASES, case.pk) == []


def test_nobody_lets_in_further_than_themselves(world, stage, case):
    assert stage.refused("amina", *grant(world, case, "gita", FACTS | HEALTH))
    stage.ask("amina", *grant(world, case, "gita", FACTS, "write"))
    assert stage.refused("gita", *grant(world, case, "gita", FACTS | IDENTITY))


@pytest.mark.parametrize("login", ["gita", "boris", "dao", "ferdinand", "nobody"])
def test_who_may_not_write_lets_nobody_in_or_out(world, stage, case, login):
    assert stage.refused(login, *grant(world, case, "gita"))
    assert stage.refused(login, *withdraw(world, case, world.users["hana"].principal))


def test_nobody_lets_in_for_longer_than_themselves(world, stage, case):
    stage.ask("amina", *withdraw(world, case, world.users["lucas"].principal))
    stage.ask("amina", *grant(world, case, "gita", FACTS, "write", until="2999-01-01"))
    assert stage.refused("gita", *grant(world, case, "lucas", FACTS, "write"))
    assert stage.refused("gita", *grant(world, case, "lucas", FACTS, "write", until="2999-01-02"))
    stage.ask("gita", *grant(world, case, "lucas", FACTS, "write", until="2998-12-31"))


@pytest.mark.parametrize("whose", ["owner", "agency"])
def test_the_owner_and_the_agency_stay(world, stage, case, whose):
    amina = world.users["amina"]
    principal = amina.principal if whose == "owner" else amina.agency.principal
    stage.ask("amina", *grant(world, case, "gita", FACTS, "write"))
    assert stage.refused("gita", *withdraw(world, case, principal))
    assert stage.refused("amina", *withdraw(world, case, principal))
    assert stage.ask("amina", CASES, case.pk) and stage.ask("chloe", CASES, case.pk)


def test_a_grant_does_not_lower_the_rights_of_the_owner_or_of_anybody_wider(world, stage, case):
    stage.ask("amina", *grant(world, case, "gita", FACTS, "write"))
    assert stage.refused("gita", *grant(world, case, "amina"))
    assert stage.refused("gita", *grant(world, case, "hana"))
    assert level(stage, case, "amina") == (ALL, "write") and level(stage, case, "hana") == (HEALTH_WORK, "write")


@pytest.mark.parametrize("login, part", [("hana", "WHEREABOUTS"), ("lucas", "HEALTH"), ("noor", "LEGAL")])
def test_a_colleague_is_let_in_no_further_than_their_role_reaches(world, stage, case, login, part):
    stage.ask("amina", *withdraw(world, case, world.users[login].principal))
    assert stage.refused("amina", *grant(world, case, login, FACTS | int(Compartment[part])))
    assert stage.refused("amina", *grant(world, case, "dao"))


def test_health_is_opened_to_a_health_worker_by_somebody_who_does_not_read_it(world, stage, case):
    hana = world.users["hana"].principal
    stage.ask("amina", *withdraw(world, case, hana))
    stage.ask("amina", *grant(world, case, "hana", FACTS | HEALTH, "write"))
    assert level(stage, case, "hana") == (FACTS | HEALTH, "write")
    stage.ask("amina", *withdraw(world, case, hana))
    assert stage.refused("gita", *grant(world, case, "hana", FACTS | HEALTH))


def test_a_role_that_has_ended_reaches_nothing(world, stage, case):
    stage.ask("amina", *withdraw(world, case, world.users["hana"].principal))
    stage.own("update accounts_membership set ends = now() where user_id = %s", world.users["hana"].pk)
    assert stage.refused("amina", *grant(world, case, "hana", FACTS))


def test_a_grant_of_nothing_is_refused(world, stage, case):
    assert stage.refused("amina", *grant(world, case, "gita", 0))
    assert stage.refused("amina", *grant(world, case, "gita", -1))


def test_another_agency_comes_in_by_the_persons_consent_only(world, stage, case):
    assert "consent" in stage.refused("amina", *grant(world, case, "boris", until=SOON))
    stage.ask("amina", *grant(world, case, "boris", consent=consent(stage, case), until=SOON))
    assert stage.ask("boris", CASES, case.pk) == [(case.reference,)]


@pytest.mark.parametrize(
    "fault",
    [{"scope": "data"}, {"decision": "refused"}, {"expires": "2020-01-01"}, {"expires": "2029-12-30"}, {"body": None}],
)
def test_another_consent_does_not_do(world, stage, case, fault):
    given = consent(stage, case, **fault)
    assert "consent" in stage.refused("amina", *grant(world, case, "boris", consent=given, until=SOON))


def test_a_consent_of_another_case_does_not_do(world, stage, case):
    other = consent(stage, world.cases["gita"])
    assert "consent" in stage.refused("amina", *grant(world, case, "boris", consent=other, until=SOON))


def test_a_consent_that_was_taken_back_does_not_do(world, stage, case):
    given = consent(stage, case)
    consent(stage, case, decision="withdrawn", supersedes_id=given)
    assert "consent" in stage.refused("amina", *grant(world, case, "boris", consent=given, until=SOON))


def opening(world, owner, parts=FACTS, restricted=False, many=1):
    """The statement that opens cases for that owner, and its values."""
    text = (
        "with given as (select gen_random_uuid() as person, gen_random_uuid() as file, 'P' || n as named, 'C' || n as"
        " ref from generate_series(1, %s) n) select havre.open_case(array_agg(person), array_agg(named),"
        " array_agg(file), array_agg(ref), array_agg('S0'::text), array_agg(current_date), %s, array_agg(%s::boolean),"
        " array_agg(%s::uuid), array_agg('k'::bytea), array_agg('k'::bytea)) from given"
    )
    return text, many, parts, restricted, owner if owner is None else world.users[owner].pk


@pytest.mark.parametrize("login", ["dao", "ferdinand", "nobody"])
def test_a_case_comes_to_be_for_those_who_hold_cases_only(world, stage, login):
    assert stage.refused(login, *opening(world, "amina"))


OPENED = "select owner_id from people_case where reference in ('C1', 'C2')"


def test_a_case_is_seen_by_its_owner_and_the_house(world, stage):
    stage.ask("amina", *opening(world, "amina", many=2))
    seen = {login: len(stage.ask(login, OPENED)) for login in ("amina", "chloe", "gita", "boris")}
    assert seen == {"amina": 2, "chloe": 2, "gita": 0, "boris": 0}


def test_a_supervisor_opens_a_case_for_a_colleague_no_further_than_their_role_reaches(world, stage):
    stage.ask("chloe", *opening(world, "hana", ALL))
    assert stage.ask("hana", OPENED) == [(world.users["hana"].pk,)]
    held = (
        "select a.compartments from people_caseaccess a join people_case c on c.id = a.case_id where c.reference = 'C1'"
    )
    assert {row[0] for row in stage.own(held)} == {FACTS | IDENTITY, ALL}
    assert stage.ask("gita", OPENED) == [] and stage.ask("chloe", OPENED)


@pytest.mark.parametrize("login, owner", [("amina", "gita"), ("gita", "chloe"), ("hana", "amina"), ("boris", "amina")])
def test_who_does_not_reach_the_whole_agency_opens_for_nobody_else(world, stage, login, owner):
    assert stage.refused(login, *opening(world, owner, FACTS))


@pytest.mark.parametrize("owner", ["boris", "dao", "ferdinand", None])
def test_nobody_opens_a_case_for_somebody_elsewhere_or_without_cases(world, stage, owner):
    assert "holds cases now" in stage.refused("chloe", *opening(world, owner))


@pytest.mark.parametrize(
    "ended",
    [
        "update accounts_user set is_active = false where id = %s",
        "update accounts_membership set ends = now() where user_id = %s",
        "update accounts_membership set holds_cases = false where user_id = %s",
        "update accounts_membership set compartments = 0 where user_id = %s",
    ],
)
def test_nobody_opens_a_case_for_a_colleague_who_left(world, stage, ended):
    stage.own(ended, world.users["gita"].pk)
    assert "holds cases now" in stage.refused("chloe", *opening(world, "gita"))


def test_a_supervisor_whose_role_has_ended_opens_for_nobody(world, stage):
    stage.own("update accounts_membership set ends = now() where user_id = %s", world.users["chloe"].pk)
    assert stage.refused("chloe", *opening(world, "gita"))


def test_a_restricted_case_is_opened_by_its_owner_only(world, stage):
    assert "restricted" in stage.refused("chloe", *opening(world, "gita", restricted=True))
    stage.ask("gita", *opening(world, "gita", restricted=True))
    assert stage.ask("chloe", OPENED) == [] and stage.ask("gita", OPENED)


def test_one_wrong_owner_among_many_opens_nothing(world, stage):
    text, *values = opening(world, "gita", many=2)
    mixed = text.replace("array_agg(%s::uuid)", "array[%s::uuid, gen_random_uuid()]")
    assert "holds cases now" in stage.refused("chloe", mixed, *values)
    assert stage.ask("chloe", OPENED) == []


def test_nobody_opens_further_than_their_own_role(world, stage):
    assert stage.refused("chloe", *opening(world, "hana", FACTS | HEALTH))


@pytest.mark.parametrize(
    ("login", "told"),
    [
        ("amina", True),
        ("chloe", True),
        ("hana", True),
        ("boris", False),
        ("dao", False),
        ("ferdinand", False),
        ("nobody", False),
    ],
)
def test_who_works_with_a_person_is_told_to_those_who_do(world, stage, case, login, told):
    found = {row[0] for row in stage.ask(login, "select principal from havre.circle(%s)", case.pk)}
    users = world.users
    everybody = {users[each].principal for each in ("amina", "gita", "hana", "noor", "lucas")}
    assert found == (everybody | {users["amina"].agency.principal} if told else set())


def test_who_was_let_out_is_not_told_any_more(world, stage, case):
    stage.ask("amina", *withdraw(world, case, world.users["hana"].principal))
    assert stage.ask("hana", "select * from havre.circle(%s)", case.pk) == []
