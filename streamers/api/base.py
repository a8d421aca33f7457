"""What the resources of streamers share."""

from mcn.kit import clock
from mcn.kit.api.viewsets import RecordViewSet

WHEN = ["created_at", "updated_at"]


class ActionsViewSet(RecordViewSet):
    """Rows that come by an ``add`` and change by a ``change`` of an actions module."""

    actions = None

    def add(self, values):
        return self.actions.add(self.queryset.model(**values), by=self.request.user, at=clock.now())

    def change(self, obj, values):
        for name, value in values.items():
            setattr(obj, name, value)
        return self.actions.change(obj, by=self.request.user, at=clock.now())
