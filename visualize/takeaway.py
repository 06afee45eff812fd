"""What a page offers to be taken away: its files by address, and the line under its picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.questions.answers import BeneficiariesAnswer
from visualize.links import Links
from visualize.scene import Scene
from visualize.wording import Words


@dataclass(frozen=True)
class Takeaway:
    """A menu: files as (key of the word, path, address), title and source line of a picture.

    The addresses of a menu that `follows` are those of what the page now shows.
    """

    title: str
    credit: str
    files: tuple[tuple[str, str, str], ...] = ()
    picture: bool = True
    embed: bool = False
    follows: bool = False


def of_answer(answer: BeneficiariesAnswer, words: Words, links: Links) -> Takeaway:
    """The table and the brief of an answer, and the picture under it."""
    asked = {
        "partner": answer.partner.id,
        "home": answer.home.id if answer.home else None,
        "as_of": answer.as_of,
    }
    files = [("csv", "/answer.csv"), ("brief", "/brief")]
    return Takeaway(
        title=words.say("take", "answer_title", name=words.name(answer.partner)),
        credit=credit(answer.dataset_version, words),
        files=tuple((key, path, links.to(path, **asked) or "") for key, path in files),
    )


def of_scene(scene: Scene, name: str, version: str, words: Words, *, embed: bool) -> Takeaway:
    """The table, the one-file page and the picture of a scene."""
    query = scene.address.partition("?")[2]
    files = [("csv", "/view.csv"), ("html", "/view.html")]
    return Takeaway(
        title=words.say("take", "scene_title", name=name),
        credit=credit(version, words),
        files=tuple((key, path, f"{path}?{query}") for key, path in files),
        embed=embed,
        follows=True,
    )


def of_table(version: str, words: Words, path: str, query: Mapping[str, object]) -> Takeaway:
    """The table of a page without a picture, at `path` with what the page was asked."""
    files = (("csv", path, Links(words.lang).to(path, **query) or ""),)
    return Takeaway("", credit(version, words), files, picture=False)


def of_file(name: str, version: str, words: Words) -> Takeaway:
    """The picture of a page that is itself a file."""
    return Takeaway(words.say("take", "scene_title", name=name), credit(version, words))


def credit(version: str, words: Words) -> str:
    """Where a picture is from."""
    return words.say("take", "credit", version=version[:12] or "–")
