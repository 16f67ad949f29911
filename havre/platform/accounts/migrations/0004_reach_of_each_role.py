from django.db import migrations


class Migration(migrations.Migration):
    """Those who hold a role already get its reach: facts, identity, whereabouts, legal and child for casework."""

    dependencies = [("accounts", "0003_roles_reach_compartments")]
    operations = [
        migrations.RunSQL(
            "update accounts_membership set compartments = 55 where role in ('caseworker', 'supervisor')",
            migrations.RunSQL.noop,
        ),
    ]
