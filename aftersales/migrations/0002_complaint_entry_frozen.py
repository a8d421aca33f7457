"""The database itself refuses to change or to remove an entry of a complaint's file.

The one change that it lets pass empties the words of an entry three years or more after they were written, which
is the least that the law has them kept; their digest stays, and with it the chain. On SQLite a later migration
that remakes the table has to make the triggers again. There rows may be deleted, for a test's database is emptied
by DELETE; PostgreSQL empties by TRUNCATE, which no row trigger sees.
"""

from django.db import migrations

SAID = "an entry of a complaint's file never changes"
TABLE = "aftersales_complaintentry"
MAY_CHANGE = ["text", "purged_at", "version", "updated_at"]
MAY = "{" + ",".join(MAY_CHANGE) + "}"

POSTGRESQL = f"""
CREATE FUNCTION complaint_entry_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.purged_at IS NULL AND NEW.text = ''
    AND NEW.purged_at >= OLD.at + interval '3 years'
    AND to_jsonb(NEW) - '{MAY}'::text[] = to_jsonb(OLD) - '{MAY}'::text[]
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION USING MESSAGE = $said${SAID}$said$, ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION complaint_entry_is_frozen();
"""
POSTGRESQL_BACK = f"DROP TRIGGER frozen ON {TABLE}; DROP FUNCTION complaint_entry_is_frozen();"


def sqlite(schema_editor):
    """The trigger for SQLite."""
    with schema_editor.connection.cursor() as cursor:
        found = schema_editor.connection.introspection.get_table_description(cursor, TABLE)
    changed = " OR ".join(
        f'NEW."{column.name}" IS NOT OLD."{column.name}"' for column in found if column.name not in MAY_CHANGE
    )
    # Moments lie there as text in UTC: the first ten characters are the day.
    too_early = "NEW.purged_at IS NULL OR date(NEW.purged_at) < date(OLD.\"at\", '+3 years')"
    emptied = f"OLD.purged_at IS NULL AND NEW.text = '' AND NOT ({too_early}) AND NOT ({changed})"
    said = SAID.replace("'", "''")
    return (
        f"CREATE TRIGGER complaint_entry_frozen BEFORE UPDATE ON {TABLE}"
        f" WHEN NOT ({emptied}) BEGIN SELECT RAISE(ABORT, '{said}'); END"
    )


def freeze(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    elif schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(sqlite(schema_editor))


def thaw(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_BACK)
    elif schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER complaint_entry_frozen")


class Migration(migrations.Migration):
    dependencies = [("aftersales", "0001_initial")]
    operations = [migrations.RunPython(freeze, thaw)]
