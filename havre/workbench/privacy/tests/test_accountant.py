"""The accountant agrees with others, never promises more than they do, and its directions are each other's inverse."""

import math

import pytest
from dp_accounting import dp_event
from dp_accounting.pld import privacy_loss_distribution as pld
from dp_accounting.rdp import rdp_privacy_accountant as rdp
from hypothesis import given, settings
from hypothesis import strategies as st

from havre.workbench.privacy.accountant import (
    Step,
    delta_of,
    delta_of_kinds,
    delta_of_steps,
    epsilon_of,
    epsilon_of_kinds,
    rho_of,
    rho_of_kinds,
    rho_of_steps,
    steps_of,
)
from havre.workbench.refusal import Refusal

PARTS = [(0.2, 7), (0.3, 21), (0.5, 35)]


@pytest.mark.parametrize(("epsilon", "delta", "rho"), [(1, 1.9e-6, 0.0258), (3, 1.9e-6, 0.195), (12, 1.9e-6, 2.168)])
def test_the_conversion_has_the_published_figures(epsilon, delta, rho):
    assert rho_of(epsilon, delta) == pytest.approx(rho, rel=0.004)


@given(st.floats(0.01, 20), st.floats(1e-10, 1e-3))
@settings(max_examples=40, deadline=None)
def test_there_and_back_never_gains(epsilon, delta):
    rho = rho_of(epsilon, delta)
    assert epsilon * (1 - 1e-6) <= epsilon_of(rho, delta) <= epsilon * (1 + 3e-9)
    assert delta_of(rho, epsilon) <= delta


@pytest.mark.parametrize("rho", [0.01, 0.2, 2.0])
def test_it_is_the_renyi_accountant_of_google_over_a_fine_set_of_orders(rho):
    theirs = rdp.RdpAccountant(orders=[1 + each / 200 for each in range(1, 20_000)])
    theirs.compose(dp_event.GaussianDpEvent(1 / math.sqrt(2 * rho)))
    assert epsilon_of(rho, 1e-6) == pytest.approx(theirs.get_epsilon(1e-6), rel=1e-3)


@pytest.mark.parametrize("steps", [[Step(9.5, 35)], [Step(2.5, 3)], [Step(8, 7), Step(12, 21), Step(15, 35)]])
@pytest.mark.parametrize("epsilon", [0.5, 2.0])
def test_steps_are_the_loss_distribution_of_google(steps, epsilon):
    theirs = None
    for step in steps:
        part = pld.from_discrete_gaussian_mechanism(step.sigma, 1, value_discretization_interval=1e-5)
        part = part.self_compose(step.cells)
        theirs = part if theirs is None else theirs.compose(part)
    wanted = theirs.get_delta_for_epsilon(epsilon)
    assert delta_of_steps(steps, epsilon) == pytest.approx(wanted, rel=0.02, abs=1e-12)


def test_one_cell_is_the_exact_sum():
    sigma, epsilon = 2.0, 1.0
    weight = {z: math.exp(-(z**2) / (2 * sigma**2)) for z in range(-60, 61)}
    total = sum(weight.values())
    exact = sum(max(0, weight[z] - math.exp(epsilon) * weight.get(z + 1, 0)) for z in weight if z < 60) / total
    assert exact <= delta_of_steps([Step(sigma, 1)], epsilon) <= exact * 1.01


@pytest.mark.parametrize(("epsilon", "gain"), [(1, 1.1), (3, 1.1), (12, 1.05)])
def test_steps_cost_less_than_zcdp_and_keep_the_promise(epsilon, gain):
    rho = rho_of_steps(epsilon, 1.9e-6, PARTS)
    assert rho > gain * rho_of(epsilon, 1.9e-6)
    assert delta_of_steps(steps_of(rho, PARTS), epsilon) <= 1.9e-6
    assert epsilon_of_kinds([steps_of(rho, PARTS)], 1.9e-6) <= epsilon * 1.0001


@given(st.floats(2, 40), st.integers(1, 400), st.floats(0.1, 5))
@settings(max_examples=15, deadline=None)
def test_steps_never_promise_less_than_zcdp_would(sigma, cells, epsilon):
    assert delta_of_steps([Step(sigma, cells)], epsilon) <= delta_of(Step(sigma, cells).rho, epsilon)


def test_small_noise_and_no_noise_fall_back():
    assert delta_of_steps([Step(1.0, 3)], 2.0) == delta_of(1.5, 2.0)
    assert epsilon_of_kinds([], 1e-6) == 0 == epsilon_of(0, 1e-6) == delta_of(0, 1)


@pytest.mark.parametrize("epsilon", [0, -1, math.nan, 1e6, math.inf])
def test_an_epsilon_that_is_no_promise_is_refused(epsilon):
    with pytest.raises(Refusal, match="epsilon is"):
        rho_of(epsilon, 1e-6)


@pytest.mark.parametrize("delta", [0, -1e-6, 1, 2, math.nan, 0.5])
def test_a_delta_that_is_no_promise_is_refused(delta):
    with pytest.raises(Refusal, match="delta is"):
        rho_of(1.0, delta)


def test_shares_that_do_not_add_up_are_a_mistake():
    with pytest.raises(ValueError, match="add up"):
        steps_of(1.0, [(0.5, 3)])


def test_a_change_of_several_parts_costs_as_much_as_one_of_one_with_less_noise():
    assert Step(64 * 9.0, 35, 64).rho == Step(9.0, 35).rho
    fine, plain = (delta_of_steps([step], 2.0) for step in (Step(64 * 9.0, 35, 64), Step(9.0, 35)))
    assert fine == pytest.approx(plain, rel=0.02)


def test_the_worst_kind_of_person_decides():
    def kinds(rho):
        """Short records, and long ones whose say is smaller."""
        sigma = 64 * math.sqrt(35 / (2 * rho))
        return [[Step(sigma, 20, 64)], [Step(sigma, 35, 64)], [Step(sigma, 84, 41)]]

    rho = rho_of_kinds(3, 1e-6, kinds)
    assert rho > 1.1 * rho_of(3, 1e-6)
    assert delta_of_kinds(kinds(rho), 3) <= 1e-6 < delta_of_kinds(kinds(rho * 1.001), 3)
    assert 2.99 < epsilon_of_kinds(kinds(rho), 1e-6) <= 3.0001
    with pytest.raises(ValueError, match="more than rho"):
        rho_of_kinds(3, 1e-6, lambda rho: kinds(2 * rho))
