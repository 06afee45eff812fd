"""Invented names in Korean and in Latin letters, the same for the same number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

SYLLABLES = (
    "가강건경고광구군권금기김나남노녹단달담당대덕도동라려로류마만명모목무문미민백벽별보봉부북비빛사산상새서석"
    "선설성세소송수순승시신아안양여연영예오옥온완용우운울원월위유윤율은의이인일임자작장재전정제조종주중지진"
)
LATIN = (
    "ban", "dung", "tan", "ger", "ang", "ku", "ala", "lum", "pur", "tot", "to", "ri", "wro", "claw",
    "mos", "kow", "el", "man", "do", "ra", "san", "die", "go", "lin", "den", "berg", "han", "oi",
    "sai", "gon", "pe", "nang", "su", "rab", "aya", "med", "an", "qing", "dao", "shen", "yang",
    "lo", "vil", "le", "bor", "deaux", "kra", "kow", "os", "aka", "na", "goya", "mel", "bour", "ne",
)  # fmt: skip
TRADES = ("전자", "산업", "테크", "화장품", "식품", "바이오", "기계", "정밀", "소프트", "무역")
TRADES_LATIN = (
    "Electronics", "Industries", "Tech", "Cosmetics", "Foods", "Bio", "Machinery", "Precision",
    "Software", "Trading",
)  # fmt: skip


def hangul(rng: Random, size: int) -> str:
    """So many syllables, the first of the list more often than the last."""
    last = len(SYLLABLES)
    return "".join(SYLLABLES[int(last * rng.random() ** 1.5)] for _ in range(size))


def latin(rng: Random, size: int) -> str:
    """A word of so many parts."""
    last = len(LATIN)
    return "".join(LATIN[int(last * rng.random() ** 1.5)] for _ in range(size)).capitalize()
