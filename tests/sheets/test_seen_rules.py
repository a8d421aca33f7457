"""The memory of which row named a thing first."""

from mcn.sheets.seen import SMALLEST, Seen


def test_the_first_row_of_each_thing_is_remembered_however_many_there_are():
    seen, many = Seen(), 2 * SMALLEST
    assert [seen.first(("A", number), number + 2) for number in range(many)] == [*range(2, many + 2)]

    assert [seen.first(("A", number), 1) for number in (0, SMALLEST, many - 1)] == [2, SMALLEST + 2, many + 1]
    assert seen.first(0, 5) == 5
    assert seen.first(0, 6) == 5
