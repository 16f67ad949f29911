"""How a form is drawn: words above the control, errors that say where they are, four states of an answer."""

import pytest
from django import forms
from django.template import TemplateSyntaxError

from havre.platform.ui.forms import NOT_ASKED, Renderer, StateField
from havre.platform.ui.templatetags.havre import icon


class Interview(forms.Form):
    default_renderer = Renderer
    town = forms.CharField(label="Town", help_text="A town is enough.")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "One"), ("b", "Two")], widget=forms.RadioSelect)
    alone = forms.BooleanField(label="Alone", required=False)
    state = StateField()


def test_the_label_help_and_error_stand_above_the_control():
    drawn = str(Interview({})["town"].as_field_group())
    order = [drawn.index(part) for part in ("<label", 'id="id_town_helptext"', 'id="id_town_error"', "<input")]
    assert order == sorted(order)


def test_the_control_names_its_help_and_its_error():
    drawn = str(Interview({})["town"])
    assert 'aria-describedby="id_town_helptext id_town_error"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_the_summary_leads_to_the_first_control():
    drawn = str(Interview({}))
    assert 'href="#id_town"' in drawn
    assert 'href="#id_kind_0"' in drawn and 'id="id_kind_0"' in drawn


def test_choices_are_boxes_in_a_fieldset():
    drawn = str(Interview()["kind"].as_field_group())
    assert drawn.startswith("<fieldset") and drawn.count('class="hv-opt"') == 2


def test_what_was_typed_is_escaped():
    assert "<b>" not in str(Interview({"town": "<b>Bizerte"})["town"])


def test_an_answer_that_was_not_sent_is_not_asked():
    form = Interview({"town": "Bizerte", "kind": "a"})
    assert form.is_valid() and form.cleaned_data["state"] == NOT_ASKED


def test_the_four_states_are_radios_with_words():
    drawn = str(Interview()["state"])
    assert drawn.count('type="radio"') == 4
    assert all(value in drawn for value in ("answered", "declined", "unknown", "not_asked"))


def test_an_unknown_icon_is_refused():
    with pytest.raises(TemplateSyntaxError, match=r"icons\.py"):
        icon("unicorn")
