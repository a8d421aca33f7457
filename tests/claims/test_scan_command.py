"""``manage.py scan_text``: one JSON line in, one out."""

import json

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


@pytest.fixture
def scan(tmp_path, capsys):
    """Scan lines; returns the answers, what was told on stderr, and the code of the exit."""

    def run(content):
        path = tmp_path / "texts.jsonl"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        code = 0
        try:
            call_command("scan_text", jsonl=str(path))
        except CommandError as ended:
            code = ended.returncode
        out, err = capsys.readouterr()
        return [json.loads(line) for line in out.splitlines()], err, code

    return run


def test_each_line_is_answered_in_its_place(scan):
    answers, told, code = scan(
        '\ufeff{"id": "a", "text": "这是国-家-级面霜"}\n\n'
        '{"id": 2, "text": "口红有五个色号", "category": null}\n'
    )

    assert (code, told) == (0, "")
    assert [(answer["id"], answer["outcome"]) for answer in answers] == [("a", "banned"), (2, "pass")]
    assert answers[0].keys() == {"id", "outcome", "hits"}
    [hit] = answers[0]["hits"]
    assert hit.keys() == {"start", "end", "term", "reason", "clause", "suggestion"}
    assert (hit["start"], hit["end"], hit["term"]) == (2, 7, "国家级")


@pytest.mark.parametrize(
    ("category", "outcome"),
    [
        ("ordinary_food", "banned"),
        ("food.general.snack", "banned"),
        ("休闲零食", "banned"),
        ("health_food", "needs_evidence"),
        ("保健食品", "needs_evidence"),
        ("没听说过", "needs_evidence"),
        ("", "needs_evidence"),
    ],
)
def test_the_category_is_a_regime_a_code_or_a_name(scan, category, outcome):
    answers, _told, _code = scan(json.dumps({"id": 1, "text": "增强免疫力", "category": category}))

    assert answers[0]["outcome"] == outcome


@pytest.mark.parametrize(
    "bad",
    [
        b"nope",
        b"[1]",
        b'{"text": "a"}',
        b'{"id": true, "text": "a"}',
        b'{"id": 1}',
        b'{"id": 1, "text": 5}',
        b'{"id": 1, "text": "a", "category": 5}',
        b'{"id": 1, "text": "\xff"}',
        b'{"id": 1, "text": "\\ud800"}',
        b"[" * 5000,
    ],
)
def test_a_bad_line_is_told_by_its_number_and_the_good_ones_are_answered(scan, bad):
    answers, told, code = scan(b'{"id": 1, "text": "a"}\n' + bad + b'\n{"id": 3, "text": "b"}\n')

    assert [answer["id"] for answer in answers] == [1, 3]
    assert told.startswith("第 2 行：")
    assert "Traceback" not in told
    assert code == 2


def test_a_file_that_is_not_there_is_told(capsys):
    with pytest.raises(CommandError, match="无法读取") as ended:
        call_command("scan_text", jsonl="/nosuch/file.jsonl")

    assert ended.value.returncode == 2
