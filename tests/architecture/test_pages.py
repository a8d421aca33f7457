"""What the content security policy would refuse is not written in the first place."""

import re

from django.contrib import admin

from run import ROOT
from tests.architecture.messages import templates

NOT_HTML = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}|{%.*?%}", re.DOTALL)
CODE_IN_PAGE = re.compile(r"<script(?![^>]*\b(?:src=|type=\"application/json\"))", re.IGNORECASE)
HANDLER = re.compile(r"\s(?:on[a-z]+|hx-on[:a-z-]*)\s*=", re.IGNORECASE)
SCRIPT_ADDRESS = re.compile(r"(?:href|src|action)\s*=\s*[\"']?\s*javascript:", re.IGNORECASE)
STYLE_IN_PAGE = re.compile(r"<style|\sstyle\s*=", re.IGNORECASE)
FROM_ELSEWHERE = re.compile(
    r"<(?:link|script|img|source|iframe)[^>]*\s(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE
)


FORBIDDEN = [CODE_IN_PAGE, HANDLER, SCRIPT_ADDRESS, STYLE_IN_PAGE, FROM_ELSEWHERE]


def test_a_page_carries_no_code_and_no_style_of_its_own():
    found = [
        f"{path}: {forbidden.pattern}"
        for path in templates()
        for forbidden in FORBIDDEN
        if forbidden.search(NOT_HTML.sub("", (ROOT / path).read_text(encoding="utf-8")))
    ]
    assert found == []


def test_the_coloured_label_of_a_list_stands_on_no_page_of_a_row():
    """It is drawn in lists alone: on the page of a row both halves of the pair would stand in brackets."""
    pages = [page for one in admin.site._registry.values() for page in [one, *one.inlines]]
    found = [
        f"{page}: {name}"
        for page in pages
        for name in page.readonly_fields
        if hasattr(getattr(page, str(name), None), "label")
    ]
    assert found == []
