"""The database itself refuses to change what an approved version of a card says.

On SQLite a later migration that remakes one of these two tables has to make the triggers again. There rows may be
deleted, for a test's database is emptied by DELETE; PostgreSQL empties by TRUNCATE, which no row trigger sees.
"""

from django.db import migrations

SAID = "an approved version of a selling-point card never changes"
FROZEN = "('approved', 'superseded')"
MAY_CHANGE = ["state", "version", "updated_at"]
TABLES = ["products_cardversion", "products_sellingpoint"]

POSTGRESQL = f"""
CREATE FUNCTION card_version_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state NOT IN {FROZEN} THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.state IN (OLD.state, 'superseded')
    AND to_jsonb(NEW) - '{{{",".join(MAY_CHANGE)}}}'::text[] = to_jsonb(OLD) - '{{{",".join(MAY_CHANGE)}}}'::text[]
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION USING MESSAGE = '{SAID}', ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION selling_point_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM products_cardversion WHERE state IN {FROZEN}
      AND id IN (CASE WHEN TG_OP = 'INSERT' THEN NEW.card_version_id ELSE OLD.card_version_id END,
                 CASE WHEN TG_OP = 'DELETE' THEN OLD.card_version_id ELSE NEW.card_version_id END)
  ) THEN
    RAISE EXCEPTION USING MESSAGE = '{SAID}', ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON products_cardversion
FOR EACH ROW EXECUTE FUNCTION card_version_is_frozen();
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON products_sellingpoint
FOR EACH ROW EXECUTE FUNCTION selling_point_is_frozen();
"""
POSTGRESQL_BACK = """
DROP TRIGGER frozen ON products_cardversion;
DROP TRIGGER frozen ON products_sellingpoint;
DROP FUNCTION card_version_is_frozen();
DROP FUNCTION selling_point_is_frozen();
"""


def columns(schema_editor, table):
    """The columns of a table on SQLite that may not change."""
    with schema_editor.connection.cursor() as cursor:
        found = schema_editor.connection.introspection.get_table_description(cursor, table)
    return [column.name for column in found if column.name not in MAY_CHANGE]


def sqlite(schema_editor):
    """The triggers for SQLite, one statement each."""
    changed = " OR ".join(
        f'NEW."{name}" IS NOT OLD."{name}"' for name in columns(schema_editor, "products_cardversion")
    )
    of_frozen = f"(SELECT state FROM products_cardversion WHERE id = %s.card_version_id) IN {FROZEN}"
    refuse = f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
    return [
        f"CREATE TRIGGER card_version_frozen BEFORE UPDATE ON products_cardversion WHEN OLD.state IN {FROZEN}"
        f" AND (NEW.state NOT IN (OLD.state, 'superseded') OR {changed}) {refuse}",
        f"CREATE TRIGGER selling_point_changed BEFORE UPDATE ON products_sellingpoint"
        f" WHEN {of_frozen % 'OLD'} OR {of_frozen % 'NEW'} {refuse}",
        f"CREATE TRIGGER selling_point_added BEFORE INSERT ON products_sellingpoint"
        f" WHEN {of_frozen % 'NEW'} {refuse}",
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
        for name in ("card_version_frozen", "selling_point_changed", "selling_point_added"):
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("products", "0001_initial")]
    operations = [migrations.RunPython(freeze, thaw)]
