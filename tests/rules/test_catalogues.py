"""Every text people see exists in Dutch and in English, with the same names in braces."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from tools import messages


@pytest.fixture(scope="module")
def texts() -> Catalog:
    return messages.extract()


@pytest.mark.parametrize("language", [messages.NATIVE, *messages.TRANSLATED])
def test_every_text_in_the_code_has_a_translation(texts: Catalog, language: str) -> None:
    assert messages.faults(texts, messages.catalogue(language)) == []


def test_the_dutch_catalogue_repeats_the_code(texts: Catalog) -> None:
    dutch = messages.catalogue(messages.NATIVE)
    assert {message.id: message.string for message in dutch if message.id} == {
        message.id: message.id for message in texts if message.id
    }


def test_no_catalogue_keeps_texts_that_left_the_code(texts: Catalog) -> None:
    there = {message.id for message in texts if message.id}
    left = {
        language: sorted(
            str(message.id) for message in messages.catalogue(language) if message.id and message.id not in there
        )
        for language in (messages.NATIVE, *messages.TRANSLATED)
    }
    assert left == {language: [] for language in left}


def marked_texts(root: Path) -> set[str]:
    """First arguments of ``_("…")`` and ``n_("…")`` as Python reads them; extraction misses those inside an f-string."""
    calls = (
        node
        for folder in messages.FOLDERS
        for path in (root / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "n_")
    )
    first = (call.args[0] for call in calls if call.args)
    return {text.value for text in first if isinstance(text, ast.Constant) and isinstance(text.value, str)}


def test_no_text_is_marked_where_extraction_does_not_see_it(texts: Catalog) -> None:
    seen = {message.id if isinstance(message.id, str) else message.id[0] for message in texts if message.id}
    assert marked_texts(messages.ROOT) - seen == set()


class TestTheCheckItself:
    """A check that finds nothing proves something only when it can find."""

    @pytest.fixture
    def small_product(self, tmp_path: Path) -> Path:
        templates = tmp_path / "workshop" / "room" / "templates"
        templates.mkdir(parents=True)
        (tmp_path / "workshop" / "vote.py").write_text(
            '_("Hallo {name}")\nn_("{n} stem", "{n} stemmen", 3)\n', encoding="utf-8"
        )
        (templates / "vote.html").write_text(
            '<p>{{ _("Vernieuw") }}{{ n_("{n} keer", "{n} keren", n).format(n=n) }}</p>', encoding="utf-8"
        )
        (tmp_path / "pages").mkdir()
        (tmp_path / "pages" / "one.py").write_text('_("Bladzijde")\n', encoding="utf-8")
        return tmp_path

    def test_code_pages_and_templates_are_read(self, small_product: Path) -> None:
        assert {message.id for message in messages.extract(small_product) if message.id} == {
            "Hallo {name}",
            ("{n} stem", "{n} stemmen"),
            "Vernieuw",
            ("{n} keer", "{n} keren"),
            "Bladzijde",
        }

    def test_a_text_inside_an_f_string_is_found_by_python_and_not_by_extraction(self, small_product: Path) -> None:
        (small_product / "pages" / "two.py").write_text("f\"<b>{_('Verborgen')}</b>\"\n", encoding="utf-8")
        seen = {message.id for message in messages.extract(small_product)}
        assert "Verborgen" in marked_texts(small_product) and "Verborgen" not in seen

    def test_dutch_is_filled_and_english_reported(self, small_product: Path) -> None:
        found = messages.extract(small_product)
        assert messages.faults(found, messages.update("nl", found, small_product)) == []
        assert sorted(messages.faults(found, messages.update("en", found, small_product))) == [
            "not translated: 'Bladzijde'",
            "not translated: 'Hallo {name}'",
            "not translated: 'Vernieuw'",
            "not translated: '{n} keer'",
            "not translated: '{n} stem'",
        ]

    def test_a_second_run_changes_no_byte_and_keeps_what_was_translated(self, small_product: Path) -> None:
        found = messages.extract(small_product)
        messages.update("en", found, small_product)
        path = small_product / "en" / "LC_MESSAGES" / "koppelvlak.po"
        path.write_text(path.read_text().replace('msgid "Vernieuw"\nmsgstr ""', 'msgid "Vernieuw"\nmsgstr "Refresh"'))
        before = path.read_bytes()
        after = messages.update("en", found, small_product)
        assert (after.get("Vernieuw").string, path.read_bytes()) == ("Refresh", before)

    @pytest.mark.parametrize(
        ("translated", "fault"),
        [
            ('msgid "Hallo {name}"\nmsgstr "Hello {name}"', None),
            ('msgid "Hallo {name}"\nmsgstr "Hello {naam}"', "other names in braces: 'Hallo {name}' -> 'Hello {naam}'"),
            ('msgid "Hallo {name}"\nmsgstr "Hello"', "other names in braces: 'Hallo {name}' -> 'Hello'"),
            ('#, fuzzy\nmsgid "Hallo {name}"\nmsgstr "Hello {name}"', "marked uncertain: 'Hallo {name}'"),
            ('msgid "Hallo {name}"\nmsgstr ""', "not translated: 'Hallo {name}'"),
            ('msgid "Dag"\nmsgstr "Bye"', "absent: 'Hallo {name}'"),
        ],
    )
    def test_a_wrong_translation_is_found(self, tmp_path: Path, translated: str, fault: str | None) -> None:
        path = tmp_path / "en.po"
        path.write_text(f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n{translated}\n')
        code = Catalog()
        code.add("Hallo {name}")
        with path.open("rb") as source:
            assert messages.faults(code, read_po(source, locale="en")) == ([fault] if fault else [])

    def test_one_vote_may_leave_out_its_number_but_many_votes_may_not(self) -> None:
        code, good, bad = Catalog(), Catalog(locale="en"), Catalog(locale="en")
        code.add(("één stem", "{n} stemmen"))
        good.add(("één stem", "{n} stemmen"), ("one vote", "{n} votes"))
        bad.add(("één stem", "{n} stemmen"), ("one vote", "many votes"))
        assert messages.faults(code, good) == []
        assert messages.faults(code, bad) == ["other names in braces: 'één stem' -> 'many votes'"]
