"""The database itself refuses to change what a show went on air with, what was handed to an authority, and
what was set aside before a show.

The one change that it lets pass empties a record's content three years or more after it was frozen, which is the
least that the law has it kept. On SQLite a later migration that remakes one of these tables has to make the
triggers again. There rows may be deleted, for a test's database is emptied by DELETE; PostgreSQL empties by
TRUNCATE, which no row trigger sees.
"""

from django.db import migrations

SAID = "the frozen record of a show never changes"
HANDED = "what was handed to an authority never changes"
WAIVED = "what was set aside for a show stays on record as it was"
RECORD, HANDOVER = "streamers_showrecord", "streamers_replayhandover"
WAIVER = "streamers_waiver"
MAY_CHANGE = ["content", "purged_at", "version", "updated_at"]
MAY = "{" + ",".join(MAY_CHANGE) + "}"

POSTGRESQL = f"""
CREATE FUNCTION show_record_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.purged_at IS NULL AND NEW.content = ''
    AND NEW.purged_at >= OLD.frozen_at + interval '3 years'
    AND to_jsonb(NEW) - '{MAY}'::text[] = to_jsonb(OLD) - '{MAY}'::text[]
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION USING MESSAGE = '{SAID}', ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION replay_handover_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = '{HANDED}', ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION waiver_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = '{WAIVED}', ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON {RECORD}
FOR EACH ROW EXECUTE FUNCTION show_record_is_frozen();
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON {HANDOVER}
FOR EACH ROW EXECUTE FUNCTION replay_handover_is_frozen();
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON {WAIVER}
FOR EACH ROW EXECUTE FUNCTION waiver_is_frozen();
"""
POSTGRESQL_BACK = f"""
DROP TRIGGER frozen ON {RECORD};
DROP TRIGGER frozen ON {HANDOVER};
DROP TRIGGER frozen ON {WAIVER};
DROP FUNCTION show_record_is_frozen();
DROP FUNCTION replay_handover_is_frozen();
DROP FUNCTION waiver_is_frozen();
"""


def sqlite(schema_editor):
    """The triggers for SQLite, one statement each."""
    with schema_editor.connection.cursor() as cursor:
        found = schema_editor.connection.introspection.get_table_description(cursor, RECORD)
    changed = " OR ".join(
        f'NEW."{column.name}" IS NOT OLD."{column.name}"' for column in found if column.name not in MAY_CHANGE
    )
    # Moments lie there as text in UTC: the first ten characters are the day.
    too_early = "NEW.purged_at IS NULL OR date(NEW.purged_at) < date(OLD.frozen_at, '+3 years')"
    emptied = f"OLD.purged_at IS NULL AND NEW.content = '' AND NOT ({too_early}) AND NOT ({changed})"
    return [
        f"CREATE TRIGGER show_record_frozen BEFORE UPDATE ON {RECORD}"
        f" WHEN NOT ({emptied}) BEGIN SELECT RAISE(ABORT, '{SAID}'); END",
        f"CREATE TRIGGER replay_handover_frozen BEFORE UPDATE ON {HANDOVER}"
        f" BEGIN SELECT RAISE(ABORT, '{HANDED}'); END",
        f"CREATE TRIGGER waiver_frozen BEFORE UPDATE ON {WAIVER}"
        f" BEGIN SELECT RAISE(ABORT, '{WAIVED}'); END",
    ]


def freeze(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    elif schema_editor.connection.vendor == "sqlite":
        for statement in sqlite(schema_editor):
            schema_editor.execute(statement)


def thaw(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_BACK)
    elif schema_editor.connection.vendor == "sqlite":
        for name in ("show_record_frozen", "replay_handover_frozen", "waiver_frozen"):
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("streamers", "0001_initial")]
    operations = [migrations.RunPython(freeze, thaw)]
