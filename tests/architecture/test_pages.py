"""What the content security policy would refuse is not written in the first place."""

import re

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
