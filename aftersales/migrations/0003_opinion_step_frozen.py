"""The database itself refuses to change or to remove a step of an opinion case.

The one change that it lets pass gives a step the file that was handed in with it, which needs the step's own number
first. On SQLite a later migration that remakes the table has to make the trigger again. There rows may be deleted,
for a test's database is emptied by DELETE; PostgreSQL empties by TRUNCATE, which no row trigger sees.
"""

from django.db import migrations

SAID = "a step of an opinion case never changes"
TABLE = "aftersales_opinionstep"
MAY_CHANGE = ["document_id", "version", "updated_at"]
MAY = "{" + ",".join(MAY_CHANGE) + "}"

POSTGRESQL = f"""
CREATE FUNCTION opinion_step_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.document_id IS NULL AND NEW.document_id IS NOT NULL
    AND to_jsonb(NEW) - '{MAY}'::text[] = to_jsonb(OLD) - '{MAY}'::text[]
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION USING MESSAGE = $said${SAID}$said$, ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION opinion_step_is_frozen();
"""
POSTGRESQL_BACK = f"DROP TRIGGER frozen ON {TABLE}; DROP FUNCTION opinion_step_is_frozen();"


def sqlite(schema_editor):
    """The trigger for SQLite."""
    with schema_editor.connection.cursor() as cursor:
        found = schema_editor.connection.introspection.get_table_description(cursor, TABLE)
    changed = " OR ".join(
        f'NEW."{column.name}" IS NOT OLD."{column.name}"' for column in found if column.name not in MAY_CHANGE
    )
    given = f"OLD.document_id IS NULL AND NEW.document_id IS NOT NULL AND NOT ({changed})"
    return (
        f"CREATE TRIGGER opinion_step_frozen BEFORE UPDATE ON {TABLE}"
        f" WHEN NOT ({given}) BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
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
        schema_editor.execute("DROP TRIGGER opinion_step_frozen")


class Migration(migrations.Migration):
    dependencies = [("aftersales", "0002_complaint_entry_frozen")]
    operations = [migrations.RunPython(freeze, thaw)]
