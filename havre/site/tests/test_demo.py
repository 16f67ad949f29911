"""A demonstration never mixes with a register of real people, however it is started."""

import pytest
from django.db import transaction

from havre.platform.accounts.founding import found_agency
from havre.platform.accounts.models import Agency, User
from havre.platform.database.guard import Unsafe
from havre.site.demo import command, founding

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def theirs():
    """An agency that is none of the demonstration."""
    with transaction.atomic(using="owner"):
        return found_agency("refuge", "Le Refuge, Lille", "FR", using="owner")


def test_nothing_is_invented_over_another_register(theirs, capsys):
    with pytest.raises(SystemExit) as left:
        command._fill(3)
    assert left.value.code == 1 and "never mixes with it" in capsys.readouterr().err
    assert list(Agency.objects.values_list("code", flat=True)) == ["refuge"] and not User.objects.exists()


def test_no_server_of_a_demonstration_starts_over_another_register(theirs, settings):
    founding.refuse_strangers()  # what is no demonstration starts
    settings.DEMO = True
    with pytest.raises(Unsafe, match="a register of its own"):
        founding.refuse_strangers()
