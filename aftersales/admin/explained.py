"""How an amount was worked out, as a table above the form of its row."""


class ExplainedMixin:
    """Shows the steps of a reckoning: what, how much, why."""

    change_form_before_template = "aftersales/admin/reasoning.html"

    def row_context(self, request, obj):
        return super().row_context(request, obj) | {"steps": obj.reasoning}
