from django.db import migrations

FORWARD = """
create function audit_is_insert_only() returns trigger language plpgsql as $$
begin
  raise insufficient_privilege using message = 'the record is written once and never changed';
end $$;
create trigger audit_event_stays before update or delete or truncate on audit_auditevent
  for each statement execute function audit_is_insert_only();
create trigger audit_subject_stays before update or delete or truncate on audit_auditsubject
  for each statement execute function audit_is_insert_only();
"""
BACK = """
drop trigger audit_event_stays on audit_auditevent;
drop trigger audit_subject_stays on audit_auditsubject;
drop function audit_is_insert_only();
"""


class Migration(migrations.Migration):
    """Not even the owner changes the record by accident."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
