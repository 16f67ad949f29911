"""A grant is never paid beyond what was decided, each instalment has its receipt, and no sum mixes two currencies."""

from datetime import date
from decimal import Decimal

import pytest

from havre.cases.people.models import Case
from havre.cases.reintegration import actions
from havre.cases.reintegration.models import Grant, Instalment
from havre.cases.reintegration.rules import sums
from havre.platform.accounts.claims import acting_as
from havre.platform.audit.actions import Refused
from havre.platform.audit.models import AuditEvent

from .conftest import GRANT, PARTS, SENT, page


def parts(personas, case):
    with acting_as(personas.amina):
        rows = Instalment.objects.filter(case=case).order_by("seq")
        return [(each.seq, each.purpose, each.amount, each.paid_on, each.receipt) for each in rows]


def edited(grant, rows, **more):
    known = {f"receipt_{seq}": "no" for seq in range(1, len(rows) + 1)}
    return {**SENT, **known, "version": str(grant.version), **more}


def test_a_grant_is_written_down_with_its_instalments(sign_in, personas, case):
    answer = sign_in("amina").post(page(case, "grant"), SENT)
    assert answer.status_code == 302
    assert [row[:3] for row in parts(personas, case)] == [
        (1, "machine and cloth", Decimal(900)),
        (2, "rent of the stall", Decimal(500)),
    ]


def test_instalments_above_the_grant_are_refused_with_both_sums(sign_in, personas, case, refusals):
    answer = sign_in("amina").post(page(case, "grant"), {**SENT, "amount_2": "950,50"})
    shown = answer.content.decode()
    assert answer.status_code == 422 and "1,850.50 EUR" in shown and "1,800 EUR" in shown
    assert 'value="rent of the stall"' in shown and parts(personas, case) == []


def test_and_by_the_action_itself(personas, grant):
    with acting_as(personas.amina), pytest.raises(Refused, match="come to 2,300 EUR"):
        more = [dict(part, seq=seq) for seq, part in enumerate(PARTS, 1)] + [{"seq": 3, "amount": Decimal(900)}]
        actions.save_grant(grant, by=personas.amina, version=1, values=GRANT, parts=more)


def test_a_grant_that_is_lowered_below_its_instalments_is_refused(sign_in, case, grant, refusals):
    answer = sign_in("amina").post(page(case, "grant", grant.pk), edited(grant, PARTS, amount="1000"))
    assert answer.status_code == 422 and "1,400 EUR" in answer.content.decode()


def test_an_instalment_is_paid_and_its_receipt_kept_in_one_click_each(sign_in, personas, case, grant):
    amina = sign_in("amina")
    first = grant.instalments.order_by("seq").values_list("pk", flat=True)
    with acting_as(personas.amina):
        key = first[0]
    for act in ("paid", "receipt", "paid"):
        assert amina.post(page(case, "instalment", key, act)).status_code == 302
    assert parts(personas, case)[0][3:] == (date.today(), "yes")
    assert "Receipt kept" in amina.get(page(case, "reintegration")).content.decode()


def test_a_receipt_comes_with_the_payment(sign_in, personas, case, grant, refusals):
    with acting_as(personas.amina):
        key = grant.instalments.get(seq=2).pk
    answer = sign_in("amina").post(page(case, "instalment", key, "receipt"))
    assert answer.status_code == 422 and refusals == [
        "This instalment is not paid yet. The receipt comes with the payment."
    ]


def test_an_instalment_that_is_not_needed_is_taken_away_unless_it_was_paid(sign_in, personas, case, grant, refusals):
    amina = sign_in("amina")
    less = {"purpose_2": "", "amount_2": "", "due_2": ""}
    assert amina.post(page(case, "grant", grant.pk), edited(grant, PARTS, **less)).status_code == 302
    assert [row[0] for row in parts(personas, case)] == [1]
    with acting_as(personas.amina):
        actions.pay(grant.instalments.select_related("grant").get(seq=1), by=personas.amina, on=date(2026, 7, 3))
        grant.refresh_from_db()
    nothing = {"purpose_1": "", "amount_1": "", "due_1": ""}
    assert amina.post(page(case, "grant", grant.pk), edited(grant, PARTS, **less, **nothing)).status_code == 422
    assert [row[0] for row in parts(personas, case)] == [1]


def test_of_two_who_change_a_grant_the_later_sees_both(sign_in, personas, case, grant):
    with acting_as(personas.chloe):
        changed = [dict(PARTS[0], seq=1, amount=Decimal(800)), dict(PARTS[1], seq=2)]
        values = {**GRANT, "provider": "Le Port"}
        actions.save_grant(grant, by=personas.chloe, version=1, values=values, parts=changed)
    answer = sign_in("amina").post(page(case, "grant", grant.pk), edited(grant, PARTS, provider="Maison Balise"))
    shown = answer.content.decode()
    assert answer.status_code == 409 and "Le Port" in shown and "Maison Balise" in shown and "Chloé R." in shown


def test_the_sums_stand_apart_for_each_currency(sign_in, personas, case, grant):
    with acting_as(personas.amina):
        actions.add_grant(case, by=personas.amina, values={**GRANT, "amount": Decimal(90000), "currency": "XOF"})
    shown = sign_in("amina").get(page(case, "reintegration")).content.decode()
    assert "Paid 0 of 1,800 EUR" in shown and "Paid 0 of 90,000 XOF" in shown and "91,800" not in shown


def test_totals_never_add_two_currencies():
    granted = [("EUR", Decimal(1)), ("XOF", Decimal(2)), ("EUR", Decimal(3))]
    assert sums.totals(granted, [("EUR", Decimal(2))]) == [
        sums.Total("EUR", Decimal(4), Decimal(2)),
        sums.Total("XOF", Decimal(2), Decimal(0)),
    ]


@pytest.mark.parametrize("amount", ["-5", "0", "many", "1,234.567", "99999999999999"])
def test_a_sum_that_cannot_be_is_answered_with_a_sentence(sign_in, personas, case, amount):
    answer = sign_in("amina").post(page(case, "grant"), {**SENT, "amount_1": amount})
    assert answer.status_code == 422 and "machine and cloth" in answer.content.decode()
    assert parts(personas, case) == []


def test_a_closed_file_refuses_it(sign_in, personas, stand, case, grant, refusals):
    stand("S13")
    amina = sign_in("amina")
    assert amina.post(page(case, "grant"), SENT).status_code == 422
    with acting_as(personas.amina):
        key = grant.instalments.get(seq=1).pk
    assert amina.post(page(case, "instalment", key, "paid")).status_code == 422
    assert (
        parts(personas, case)[0][3] is None
        and "Paid today" not in amina.get(page(case, "reintegration")).content.decode()
    )


@pytest.mark.parametrize("login", ["boris", "gita"])
def test_it_is_not_found_for_those_who_do_not_see_the_file(sign_in, personas, case, grant, login):
    other = sign_in(login)
    with acting_as(personas.amina):
        key = grant.instalments.get(seq=1).pk
    assert other.get(page(case, "grant", grant.pk)).status_code == 404
    assert other.post(page(case, "instalment", key, "paid")).status_code == 404
    assert other.get(page(case, "reintegration")).status_code == 404


def test_a_grant_of_another_file_is_not_found(sign_in, personas, case, grant):
    from havre.cases.people import actions as people

    with acting_as(personas.amina):
        other = people.open_contact(people.Arrival(on=date(2026, 3, 12)), by=personas.amina)
        assert Grant.objects.filter(case=case).exists() and Case.objects.filter(pk=other.pk).exists()
    assert sign_in("amina").get(page(other, "grant", grant.pk)).status_code == 404


def test_it_is_recorded(sign_in, personas, case):
    sign_in("amina").post(page(case, "grant"), SENT)
    with acting_as(personas.dao):
        assert AuditEvent.objects.filter(act="grant.add", user_id=personas.amina.pk).count() == 1
