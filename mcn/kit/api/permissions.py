"""Who may knock at an address of the API."""

from rest_framework.permissions import BasePermission

from mcn.kit.moves import may, permission

VERBS = {"create": "add", "update": "change", "partial_update": "change"}


class ModelPermission(BasePermission):
    """Staff by the permissions of their role; outside users by the rows they see and their part in each."""

    def has_permission(self, request, view):
        user = request.user
        if not user.is_authenticated:
            return False
        queryset = getattr(view, "queryset", None)
        if queryset is None or not user.is_staff:
            return True
        return user.has_perm(permission(queryset.model, VERBS.get(view.action, "view")))

    def has_object_permission(self, request, view, obj):
        verb = VERBS.get(view.action)
        return verb is None or may(request.user, verb, obj)
