"""What may happen to somebody, how likely, how bad, what is done about it, and what they say themselves (SPEC 8.4)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from havre.cases.people.models import Case
from havre.cases.people.models.base import Dated
from havre.platform.accounts.models import User
from havre.platform.crypto.fields import SealedText
from havre.platform.database.rows import case_rows
from havre.platform.permissions import Compartment

SCALE = (1, 5)


def _measured(name: str) -> models.CheckConstraint:
    inside = Q(**{f"{name}__range": SCALE})
    return models.CheckConstraint(condition=Q(**{name: None}) | inside, name=f"a_risk_{name}_is_from_one_to_five")


class RiskQuerySet(models.QuerySet["Risk"]):
    def standing(self) -> RiskQuerySet:
        """The latest assessment of each risk."""
        return self.filter(superseded_by=None)


class Risk(Dated):
    """One assessment of one risk. A later one supersedes it; nothing that a decision rested on is overwritten."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="risks")
    about = models.CharField(max_length=10)
    threat = SealedText(subject="case_id")
    source = SealedText(subject="case_id")
    likelihood = models.SmallIntegerField()
    impact = models.SmallIntegerField()
    controls = SealedText(subject="case_id")
    residual_likelihood = models.SmallIntegerField(null=True)
    residual_impact = models.SmallIntegerField(null=True)
    own_view = SealedText(subject="case_id")
    country_level = models.CharField(max_length=10, blank=True, default="")  # of the place in general, kept apart
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    review_on = models.DateField(null=True)
    override_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    override_on = models.DateField(null=True)
    override_reason = SealedText(subject="case_id")
    version = models.IntegerField(default=1)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")

    objects = RiskQuerySet.as_manager()

    class Meta:
        constraints = [
            *map(_measured, ("likelihood", "impact", "residual_likelihood", "residual_impact")),
            models.CheckConstraint(
                condition=Q(residual_likelihood=None, residual_impact=None)
                | Q(residual_likelihood__isnull=False, residual_impact__isnull=False),
                name="what_remains_of_a_risk_has_both_measures",
            ),
            models.CheckConstraint(
                condition=Q(override_by=None, override_on=None)
                | Q(override_by__isnull=False, override_on__isnull=False),
                name="a_risk_is_overridden_by_somebody_on_a_day",
            ),
        ]

    class Sensitivity:
        rows = case_rows(Compartment.WHEREABOUTS, "insert", "update")
        open = {"id", "case", "by", "about", "likelihood", "impact", "residual_likelihood", "residual_impact"}
        open |= {"country_level", "owner", "override_by", "version", "supersedes"}
        coarse = {"at": "year", "review_on": "year", "override_on": "year"}
        never = {"threat", "source", "controls", "own_view", "override_reason"}

    @property
    def score(self) -> int:
        """Likelihood times impact, before anything is done."""
        return self.likelihood * self.impact

    @property
    def residual(self) -> int | None:
        """The same once the measures hold; nothing while nobody judged it."""
        if self.residual_likelihood is None or self.residual_impact is None:
            return None
        return self.residual_likelihood * self.residual_impact
