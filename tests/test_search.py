"""Names in any script are found by their parts, as they are typed, and with a slip."""

from collections.abc import Collection

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.hangul import LEADS, initials, parted, strokes
from graph.nodes import City, Node
from graph.search import RANKS, Match, Query, is_token, names_text, tokens
from graph.typos import Guess, one_slip
from tests.naive_names import distance, guessed, rank


def city(*names: str) -> Node:
    return City(id="city:x", names={"ko": names[0]}, spellings=names[1:])


def held(alternatives: Collection[Collection[str]], node: Node) -> bool:
    """Whether a node holds all tokens of one of these sets, as stores look them up."""
    own = tokens(node)
    return any(all(holds(own, token) for token in one) for one in alternatives)


def holds(own: Collection[str], token: str) -> bool:
    begun = token.removesuffix("*")
    return token in own or (begun != token and any(one.startswith(begun) for one in own))


FITS = (
    ("수원시", "수원시", "whole"),
    ("수원", "수원시", "beginning"),
    ("원시", "수원시", "part"),
    ("wroclaw", "Wrocław", "whole"),
    ("WROCŁAW", "Wrocław", "whole"),
    ("fürth", "Furth", "whole"),
    ("tan", "Tangerang", "beginning"),
    ("ger", "Tangerang", "part"),
    ("la", "OKTA LA", "word"),
    ("okta la", "OKTA LA", "whole"),
    ("okta-la", "OKTA LA", "whole"),
    ("la okta", "OKTA LA", "words"),
    ("LG에너지", "LG에너지솔루션", "beginning"),
    ("솔루션", "LG에너지솔루션", "part"),
    ("ＯＫＴＡ", "OKTA LA", "beginning"),
    ("!!", "!!!", "beginning"),
    ("T", "Tottori", "beginning"),
    ("東京", "東京都", "beginning"),
    ("東", "東京都", "beginning"),
    ("москва", "Москва", "whole"),
    ("ㅂㅅ", "부산", "typed"),
    ("ㅄ", "부산", "typed"),
    ("ㅂㅅ", "부산광역시", "typed"),
    ("ㅅㄱ", "부산광역시", "typed"),
    ("부ㅅ", "부산", "typed"),
    ("ㅂ산", "부산", "typed"),
    ("ㅂ", "부산", "typed"),
    ("붓", "부산", "typed"),
    ("부사", "부산", "typed"),
    ("부산ㄱ", "부산광역시", "typed"),
    ("부산광ㅇㅅ", "부산광역시", "typed"),
    ("갑", "값진무역", "typed"),
    ("값", "갑사", "typed"),
    ("고", "과천시", "typed"),
    ("수원", "수워나", "typed"),
    ("서울 ㄱㄴ", "서울 강남", "typed"),
)
FITS_NOT = (
    ("수원", "창원"),
    ("busan", "Bandung"),
    ("q", "A"),
    ("ㅂㅅ", "반둥"),
    ("부ㅅ", "분당"),
    ("ㅏ", "아산"),
    ("산", "부산"),
    ("ㅅ", "부산"),
)
SLIPS = (
    ("땅그렁", "땅그랑"),
    ("당그랑", "땅그랑시"),
    ("땅그랑시", "땅그랑"),
    ("빈둥", "반둥"),
    ("수우너", "수원시"),
    ("wroclwa", "Wrocław"),
    ("Tangerrang", "Tangerang"),
    ("Tangrang", "Tangerang"),
    ("lmia", "Lima"),
    ("San Deigo", "San Diego"),
    ("Masan Busam", "Busan, Masan"),
)
SLIPS_NOT = (
    ("lma", "Lima"),
    ("Tnagernag", "Tangerang"),
    ("산", "선"),
    ("東都", "東京"),
    ("San Deigo", "Diego"),
)


@pytest.mark.parametrize(("query", "name", "match"), FITS)
def test_a_name_is_found(query: str, name: str, match: str) -> None:
    node, asked = city(name), Query(query)
    assert held(asked.alternatives, node)
    found = asked.rank(names_text(node))
    assert found is not None
    assert RANKS[found] is Match(match)
    assert found == rank(query, node)


@pytest.mark.parametrize(("query", "name"), FITS_NOT)
def test_another_name_is_not(query: str, name: str) -> None:
    node, asked = city(name), Query(query)
    assert not (held(asked.alternatives, node) and asked.rank(names_text(node)) is not None)
    assert rank(query, node) is None


@pytest.mark.parametrize(("query", "name"), SLIPS)
def test_a_slip_is_guessed(query: str, name: str) -> None:
    node, guess = city("Other", name), Guess(query)
    assert held(guess.alternatives, node)
    found = guess.rank(names_text(node))
    assert found is not None
    assert RANKS[found] is Match.TYPO
    assert found == guessed(query, node)
    assert rank(query, node) is None


@pytest.mark.parametrize(("query", "name"), SLIPS_NOT)
def test_what_is_further_away_is_not(query: str, name: str) -> None:
    node, guess = city(name), Guess(query)
    assert not (held(guess.alternatives, node) and guess.rank(names_text(node)) is not None)
    assert guessed(query, node) is None


def test_a_decomposed_query_finds_the_composed_name() -> None:
    assert held(Query("수원").alternatives, city("수원시"))


MARKS = "부산서울ㅂㅅㅄ갑값과고구가 aä1la東京ㅏ.까"
TEXTS = st.text(alphabet=MARKS, min_size=1, max_size=7)
ANY_NAME = st.text(alphabet=st.characters(exclude_categories=["C"]), min_size=1, max_size=30)


@given(TEXTS, st.lists(TEXTS, min_size=1, max_size=3))
@example("ㅂ구", ["부구1"])
@example("a1 ㄱ", ["a1 가"])
def test_found_is_what_a_plain_reading_finds(query: str, names: list[str]) -> None:
    if not query.strip() or not all(map(str.strip, names)):
        return
    node, asked = city(*names), Query(query)
    found = asked.rank(names_text(node)) if held(asked.alternatives, node) else None
    assert found == rank(query, node)


LETTERS = st.text(alphabet="abc부반산둥시 ", min_size=3, max_size=9)


@given(LETTERS, st.lists(LETTERS, min_size=1, max_size=3))
def test_guessed_is_what_a_plain_reading_guesses(query: str, names: list[str]) -> None:
    if not query.strip() or not all(map(str.strip, names)):
        return
    node, guess = city(*names), Guess(query)
    found = guess.rank(names_text(node)) if held(guess.alternatives, node) else None
    assert found == guessed(query, node)


@given(st.text(alphabet="abc", max_size=6), st.text(alphabet="abc", max_size=6))
def test_a_slip_is_a_distance_of_one(one: str, other: str) -> None:
    assert one_slip(one, other) == (distance(one, other) <= 1)


@given(ANY_NAME)
def test_every_name_is_found_by_itself(name: str) -> None:
    if not name.strip():
        return
    node, asked = city(name), Query(name)
    assert held(asked.alternatives, node)
    assert held(asked.whole, node)
    assert asked.rank(names_text(node)) == 0


@given(st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=8))
def test_what_is_typed_so_far_finds_what_is_typed(name: str) -> None:
    node = city(name or "가")
    for end in range(1, len(name) + 1):
        asked = Query(name[:end])
        assert held(asked.alternatives, node)
        assert asked.rank(names_text(node)) in (0, 1)
        if (typed := parted(name[:end])) is not None:
            assert strokes(typed) == strokes(name[:end])
    if len(name) > 1:
        led = Query(initials(name))
        assert set(initials(name)) <= set(LEADS)
        assert held(led.alternatives, node)
        assert led.rank(names_text(node)) == RANKS.index(Match.TYPED)


@given(st.text(max_size=40))
def test_tokens_are_letters_and_digits_only(text: str) -> None:
    if text.strip():
        alternatives = (*Query(text).alternatives, *Query(text).whole, *Guess(text).alternatives)
        assert all(is_token(token) for one in alternatives for token in one)


@given(ANY_NAME)
def test_what_is_held_is_letters_and_digits_only(name: str) -> None:
    if name.strip():
        assert all(map(is_token, tokens(city(name))))
