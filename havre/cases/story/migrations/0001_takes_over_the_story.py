"""The tables that screening handed over, as they stand: nothing is written."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import havre.platform.crypto.fields

KEY = ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False))


def case(related_name):
    return (
        "case",
        models.ForeignKey(
            on_delete=django.db.models.deletion.CASCADE, related_name=related_name, to="people.case"
        ),
    )


def episode(related_name):
    return (
        "episode",
        models.ForeignKey(
            on_delete=django.db.models.deletion.CASCADE, related_name=related_name, to="story.episode"
        ),
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [("people", "0001_initial"), ("screening", "0002_the_story_has_a_room")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Episode",
                    fields=[KEY, case("episodes"), ("age_at_start", models.SmallIntegerField(null=True))],
                ),
                migrations.CreateModel(
                    name="EpisodeCode",
                    fields=[
                        KEY,
                        episode("codes"),
                        case("+"),
                        ("list", models.CharField(max_length=60)),
                        ("code", models.CharField(max_length=60)),
                        ("answer", models.CharField(default="yes", max_length=8)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("episode", "list", "code"), name="a_code_once_an_episode")
                        ]
                    },
                ),
                migrations.CreateModel(
                    name="Leg",
                    fields=[
                        KEY,
                        episode("legs"),
                        case("+"),
                        ("seq", models.SmallIntegerField()),
                        ("stage", models.CharField(max_length=14)),
                        ("country", models.CharField(blank=True, default="", max_length=2)),
                        (
                            "place",
                            havre.platform.crypto.fields.SealedText(blank=True, default="", subject="case_id", table="screening_leg"),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("episode", "seq"), name="legs_in_order")
                        ]
                    },
                ),
            ]
        )
    ]
