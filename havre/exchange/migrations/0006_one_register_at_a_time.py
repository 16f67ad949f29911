from django.db import migrations


class Migration(migrations.Migration):
    """0003 took the index of the user away, and Django took the rule that stood on the same column with it."""

    dependencies = [("exchange", "0005_cards_on_their_way")]

    operations = [
        migrations.RunSQL(
            "create unique index if not exists one_register_at_a_time on exchange_registerimport (user_id)"
            " where state in ('waiting', 'checking', 'checked', 'agreed', 'importing')",
            migrations.RunSQL.noop,
        ),
    ]
