from django.db import migrations


class Migration(migrations.Migration):
    """One sequence for the numbers of users, teams and agencies, so that none stands for two."""

    dependencies = [("accounts", "0001_initial")]
    operations = [
        migrations.RunSQL("create sequence accounts_principal", "drop sequence accounts_principal"),
    ]
