"""That axe, which reads every page in `test_every_page.py`, finds what is wrong with one."""

from playwright.sync_api import Browser

from tests.browser import violations


def test_axe_finds_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<button></button><p style='color: #bbb; background: #fff'>수원</p>")
    found = " ".join(violations(page))
    coloured = " ".join(violations(page, ["color-contrast"]))
    page.close()
    for rule in ("button-name", "color-contrast", "html-has-lang", "landmark-one-main"):
        assert rule in found
    assert "color-contrast" in coloured
    assert "button-name" not in coloured
