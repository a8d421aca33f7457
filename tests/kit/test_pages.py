"""The pages' shared parts: forms a screen reader can follow, findings in order, refusals people can read."""

import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.utils.formats import date_format

from mcn.accounts.models import User
from mcn.kit.portal import ask_for_files_again
from mcn.kit.refusal import Finding
from mcn.kit.templatetags.kit import by_level, tone
from tests.factories import AT


class Registration(forms.Form):
    """A form with one field of each shape."""

    name = forms.CharField(label="商家名称", help_text="与营业执照一致")
    kinds = forms.MultipleChoiceField(
        label="经营类目", choices=[("food", "食品")], widget=forms.CheckboxSelectMultiple
    )
    agree = forms.BooleanField(label="我已阅读并同意")
    note = forms.CharField(label="说明", required=False)


def test_a_field_is_tied_to_its_label_its_help_and_its_error():
    html = Registration({"name": ""}).render()

    assert '<label for="id_name">商家名称' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert re.search(r'<fieldset aria-describedby="id_kinds_error">\s*<legend>经营类目', html)
    assert re.search(r'<label class="check" for="id_agree"><input type="checkbox"', html)


def test_only_what_is_needed_is_marked_so():
    html = Registration().render()

    assert html.count('class="required"') == 2
    assert '<label for="id_note">说明</label>' in html


class Photo(forms.Form):
    """A file beside something else that may be wrong."""

    name = forms.CharField()
    photo = forms.FileField(required=False)


@pytest.mark.parametrize(
    ("files", "asked"), [({"photo": SimpleUploadedFile("a.jpg", b"1")}, ["name", "photo"]), ({}, ["name"])]
)
def test_a_file_sent_with_mistakes_elsewhere_is_asked_for_again(files, asked):
    form = Photo({"name": ""}, files)
    form.full_clean()

    ask_for_files_again(form)

    assert list(form.errors) == asked


def test_days_and_moments_are_numbers_as_in_the_portal():
    assert [date_format(AT, told) for told in ("DATE_FORMAT", "DATETIME_FORMAT")] == [
        "2026-03-16",
        "2026-03-16 10:00",
    ]


@pytest.mark.parametrize(("value", "said"), [(True, "是"), (False, "否"), (None, "未知")])
def test_yes_and_no_are_words_without_a_verdict(value, said):
    html = render_to_string("unfold/helpers/boolean.html", {"value": value})
    assert said in html
    assert [colour for colour in (" good", " bad", "green", "red-") if colour in html] == []


def test_findings_come_strictest_first_and_empty_groups_not_at_all():
    subject = User(username="linxiao")
    may = Finding("DB4401 5.5.3", "may", subject, "可补充图片")
    shall = Finding("DB4401 5.1.2.4", "shall", subject, "营业执照已到期", "/portal/papers/")
    shall_not = Finding("DB4401 5.2.3", "shall not", subject, "含禁用语")

    groups = by_level([may, shall, shall_not])
    html = render_to_string("kit/portal/findings.html", {"findings": [may, shall]})

    assert [group["findings"] for group in groups] == [[shall, shall_not], [may]]
    assert html.index("营业执照已到期") < html.index("可补充图片")
    assert html.count("去处理") == 1, "only where there is a place to mend it"
    assert "没有需要处理的问题" in render_to_string("kit/portal/findings.html", {"findings": []})


@pytest.mark.parametrize(
    ("state", "expected"),
    [("admitted", "good"), ("returned", "warn"), ("banned", "bad"), ("draft", "neutral")],
)
def test_a_state_has_its_tone(state, expected):
    assert tone(state) == expected


@pytest.mark.django_db
def test_a_missing_page_is_told_in_chinese(client):
    answer = client.get("/nowhere/")

    assert answer.status_code == 404
    assert "页面不存在" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_of_an_old_page_is_told_in_chinese(client):
    client.handler.enforce_csrf_checks = True

    answer = client.post("/accounts/login/", {"login": "linxiao", "password": "x"})

    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


@pytest.mark.parametrize("page", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_a_refusal_is_drawn_without_request_and_database(page):
    html = render_to_string(page)

    assert "有据" in html
    assert 'href="/"' in html


@pytest.mark.django_db
def test_nobody_signs_up_alone(client):
    answer = client.get("/accounts/signup/")

    assert "账号由机构开通" in answer.content.decode()
