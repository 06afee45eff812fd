"""Names in any script are found by their parts, whatever marks they carry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.nodes import City, Node
from graph.search import match, query_tokens, tokens


def city(*names: str) -> Node:
    return City(id="city:x", names={"ko": names[0]}, spellings=names[1:])


@pytest.mark.parametrize(
    ("query", "name", "grade"),
    [
        ("수원시", "수원시", 0),
        ("수원", "수원시", 1),
        ("원시", "수원시", 3),
        ("wroclaw", "Wrocław", 0),
        ("WROCŁAW", "Wrocław", 0),
        ("fürth", "Furth", 0),
        ("tan", "Tangerang", 1),
        ("ger", "Tangerang", 3),
        ("la", "OKTA LA", 2),
        ("okta la", "OKTA LA", 0),
        ("la okta", "OKTA LA", 4),
        ("LG에너지", "LG에너지솔루션", 1),
        ("솔루션", "LG에너지솔루션", 3),
        ("ＯＫＴＡ", "OKTA LA", 1),
        ("!!", "!!!", 1),
        ("T", "Tottori", 1),
        ("東京", "東京都", 1),
    ],
)
def test_a_name_is_found(query: str, name: str, grade: int) -> None:
    node = city(name)
    assert query_tokens(query) <= tokens(node)
    assert match(query, node) == (grade, name)


@pytest.mark.parametrize(("query", "name"), [("수원", "창원"), ("busan", "Bandung"), ("q", "A")])
def test_another_name_is_not(query: str, name: str) -> None:
    assert match(query, city(name)) is None
    assert not query_tokens(query) <= tokens(city(name))


def test_a_decomposed_query_finds_the_composed_name() -> None:
    assert query_tokens("수원") <= tokens(city("수원시"))


@given(st.text(alphabet=st.characters(exclude_categories=["C"]), min_size=1, max_size=30))
def test_every_name_is_found_by_itself(name: str) -> None:
    if not name.strip():
        return
    node = city(name)
    assert query_tokens(name) <= tokens(node)
    found = match(name, node)
    assert found is not None
    assert found[0] == 0


@given(st.text(max_size=40))
def test_tokens_are_letters_and_digits_only(text: str) -> None:
    assert all(token.isalnum() for token in query_tokens(text))
