"""The admin's sidebar leads to lists that exist, and shows each person only their own."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, Group
from django.test import RequestFactory

from mcn.accounts.models import User
from mcn.accounts.roles import ROLES
from mcn.unfold import SIDEBAR, sidebar

ENTRIES = [model for _heading, entries in SIDEBAR for _label, _icon, model in entries]


def test_an_entry_names_a_list_of_the_admin():
    assert [model for model in ENTRIES if not admin.site.is_registered(apps.get_model(model))] == []


def shown_to(user) -> set[str]:
    """The labels of the lists in a person's sidebar, where no heading stands alone."""
    request = RequestFactory().get("/admin/")
    request.user = user
    groups = [[str(link["title"]) for link in group["items"]] for group in sidebar(request)]
    assert all(groups)
    return {title for titles in groups for title in titles}


def test_a_visitor_sees_no_list():
    assert shown_to(AnonymousUser()) == {"工作台"}


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role.name for role in ROLES if role.staff])
def test_staff_see_the_lists_that_they_may_view(role: str):
    user = User.objects.create_user("linxiao", is_staff=True)
    user.groups.add(Group.objects.get(name=role))

    assert {"工作台", "收件箱", "商家", "审计记录"} <= shown_to(user)


@pytest.mark.django_db
def test_a_merchants_user_sees_no_list_of_the_admin():
    user = User.objects.create_user("wangfang")
    user.groups.add(Group.objects.get(name="merchant"))

    assert shown_to(user) == {"工作台"}
