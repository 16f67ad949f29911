"""Episodes, their codes and their legs move to the stage `story`: the tables are renamed, every row stays."""

from django.db import migrations

MOVED = ("EpisodeCode", "Leg", "Episode")


class Migration(migrations.Migration):
    dependencies = [("screening", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable(name, f"story_{name.lower()}") for name in MOVED],
            state_operations=[migrations.DeleteModel(name) for name in MOVED],
        )
    ]
