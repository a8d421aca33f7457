"""Steps of migrations that Django has not."""

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation


class CreateTables(Operation):
    """Make the tables of an app's models at once, as they stand after all the steps given.

    Django draws every model that is related to a new one again, model by model: where nearly all are related
    an empty database took four times as long.
    """

    reversible = True

    def __init__(self, steps):
        self.steps = steps

    def deconstruct(self):
        return type(self).__name__, [self.steps], {}

    def state_forwards(self, app_label, state):
        vars(state).pop("apps", None)
        for step in self.steps:
            step.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in self._models(app_label, schema_editor, to_state):
            schema_editor.create_model(model)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for model in reversed(self._models(app_label, schema_editor, from_state)):
            schema_editor.delete_model(model)

    def describe(self):
        return "Create the tables of the app"

    def _models(self, app_label, schema_editor, state):
        names = [step.name for step in self.steps if isinstance(step, CreateModel)]
        models = [state.apps.get_model(app_label, name) for name in names]
        return [model for model in models if self.allow_migrate_model(schema_editor.connection.alias, model)]
