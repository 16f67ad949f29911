"""Files go from one colleague to another: owner and access together, by who may, no further than a role reaches."""

import pytest

from .world import ALL, FACTS

CASES = "select id from people_case where id = %s"
CALL = "select havre.hand_over(%s, %s, %s, %s)"


@pytest.fixture
def case(world):
    return world.cases["amina"]


def over(world, case, to="gita", of="amina", stays=False):
    """The statement that hands one file over, and its values."""
    return CALL, world.users[of].pk, [case.pk], [world.users[to].pk], stays


def owner(stage, case):
    return stage.own("select owner_id from people_case where id = %s", case.pk)[0][0]


def reach(stage, case, login):
    """How far somebody reaches by a row of their own, and how; nothing when it ended."""
    found = stage.own(
        "select compartments, level, purpose from people_caseaccess where case_id = %s and principal = %s"
        " and (until is null or until > clock_timestamp())",
        case.pk,
        stage.world.users[login].principal,
    )
    return found[0] if found else None


def test_a_supervisor_hands_a_file_over_and_access_goes_along(world, stage, case):
    stage.ask("chloe", *over(world, case))
    assert owner(stage, case) == world.users["gita"].pk
    assert reach(stage, case, "gita") == (ALL, "write", "casework") and reach(stage, case, "amina") is None
    assert stage.ask("gita", CASES, case.pk) and stage.ask("amina", CASES, case.pk) == []
    assert stage.ask("chloe", CASES, case.pk)


def test_the_earlier_owner_reads_on_by_choice(world, stage, case):
    stage.ask("chloe", *over(world, case, stays=True))
    assert reach(stage, case, "amina") == (ALL, "write", "casework")
    assert owner(stage, case) == world.users["gita"].pk


def test_whoever_looks_after_a_file_hands_it_over_themselves(world, stage, case):
    stage.ask("amina", *over(world, case))
    assert owner(stage, case) == world.users["gita"].pk


@pytest.mark.parametrize("login", ["gita", "boris", "dao", "ferdinand", "hana", "noor", "lucas", "nobody"])
def test_nobody_else_hands_it_over(world, stage, case, login):
    assert stage.refused(login, *over(world, case))
    assert owner(stage, case) == world.users["amina"].pk


def test_an_administrator_never_does_even_as_the_only_one_there(world, stage, case):
    stage.own("update accounts_user set is_active = false where login <> 'ferdinand'")
    assert stage.refused("ferdinand", *over(world, case))


def test_a_colleague_who_was_let_in_to_write_does_not_hand_it_over(world, stage, case):
    text = 'select havre."grant"(%s, %s, %s, %s, %s, null, null)'
    stage.ask("amina", text, case.pk, world.users["gita"].principal, FACTS, "write", "cover")
    assert stage.refused("gita", *over(world, case, to="chloe"))


@pytest.mark.parametrize("to", ["amina", "boris", "dao", "ferdinand", "hana", "noor", "lucas"])
def test_it_goes_only_to_a_colleague_who_may_open_files(world, stage, case, to):
    assert "may open files" in stage.refused("chloe", *over(world, case, to=to))


def test_it_does_not_go_to_somebody_suspended_or_whose_role_ended(world, stage, case):
    stage.own("update accounts_user set is_active = false where login = 'gita'")
    assert stage.refused("chloe", *over(world, case))
    stage.own("update accounts_user set is_active = true where login = 'gita'")
    stage.own("update accounts_membership set ends = clock_timestamp() where user_id = %s", world.users["gita"].pk)
    assert stage.refused("chloe", *over(world, case))


def test_a_restricted_file_is_handed_over_only_by_whoever_sees_it(world, stage):
    restricted = world.cases["gita"]
    assert stage.refused("chloe", *over(world, restricted, to="amina", of="gita"))
    stage.ask("gita", *over(world, restricted, to="amina", of="gita"))
    assert owner(stage, restricted) == world.users["amina"].pk
    assert stage.ask("chloe", CASES, restricted.pk) == [] and stage.ask("gita", CASES, restricted.pk) == []


def test_a_file_that_is_with_somebody_else_by_now_stops_the_whole_act(world, stage, case):
    stage.own("update people_case set owner_id = %s where id = %s", world.users["chloe"].pk, case.pk)
    assert "still with" in stage.refused("chloe", *over(world, case))


def test_one_file_out_of_reach_stops_the_whole_act(world, stage, case):
    files = [case.pk, world.cases["gita"].pk]
    stage.own("update people_case set owner_id = %s where id = any(%s)", world.users["amina"].pk, files)
    gita = world.users["gita"].pk
    assert stage.refused("chloe", CALL, world.users["amina"].pk, files, [gita, gita], False)
    assert owner(stage, case) == world.users["amina"].pk


def test_the_same_file_twice_or_a_list_too_short_is_refused(world, stage, case):
    amina, gita = world.users["amina"].pk, world.users["gita"].pk
    assert stage.refused("chloe", CALL, amina, [case.pk, case.pk], [gita, gita], False)
    assert stage.refused("chloe", CALL, amina, [case.pk], [gita, gita], False)


def test_nobody_gains_a_part_that_their_role_does_not_reach(world, stage, case):
    stage.own("update people_caseaccess set compartments = 63 where case_id = %s and level = 'write'", case.pk)
    stage.ask("chloe", *over(world, case))
    assert reach(stage, case, "gita")[0] == ALL


def test_what_the_owner_had_lost_by_another_role_does_not_get_lost_with_the_file(world, stage, case):
    amina = world.users["amina"]
    stage.own("update people_caseaccess set compartments = 1 where principal = %s", amina.principal)
    stage.ask("chloe", *over(world, case))
    assert reach(stage, case, "gita")[0] == ALL


def test_the_files_of_somebody_who_was_removed_go_to_others(world, stage, case):
    stage.own("update accounts_user set is_active = false, ended = now() where login = 'amina'")
    stage.ask("chloe", *over(world, case))
    assert stage.ask("gita", CASES, case.pk)


def test_a_supervisor_of_another_agency_who_was_let_in_does_not_hand_it_over(world, stage, case):
    stage.own(
        "insert into people_caseaccess (id, case_id, person_id, principal, compartments, level, opened)"
        " values (gen_random_uuid(), %s, %s, %s, 1, 'write', now())",
        case.pk,
        case.person_id,
        world.users["boris"].agency.principal,
    )
    assert stage.ask("boris", CASES, case.pk) and stage.refused("boris", *over(world, case))
