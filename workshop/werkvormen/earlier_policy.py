"""Earlier policy: the room tells what was done before, by whom, how that went and what can be used again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop.domain.evening.ballots import Ballot
from workshop.domain.evening.questions import EXTRA, Choice, Line, NoteForm, Option, extra_words
from workshop.domain.evening.stories import Bar, BarsPicture, Story, Table
from workshop.domain.sprints.choices import PolicyDomain
from workshop.domain.thread.items import ItemKind
from workshop.locale import _, n_
from workshop.werkvormen.commitment import experience_words
from workshop.werkvormen.contract import StepContext
from workshop.werkvormen.notes_activity import NotePart, NotesActivity

ORGANISATION, YEAR, DOMAIN, FEELING, REUSE = "organisation", "year", "domain", "feeling", "reuse"
#: Years somebody in the room can still tell about.
FIRST_YEAR, LAST_YEAR = 1950, 2100


def domain_words() -> dict[str, str]:
    """To which part of policy it belonged, in words for the street."""
    return {
        PolicyDomain.SAFETY.value: _("Veiligheid"),
        PolicyDomain.SOCIAL.value: _("Zorg en sociaal"),
        PolicyDomain.BOTH.value: _("Allebei"),
    }


def _options(words: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(Option(value, label) for value, label in words.items())


class EarlierPolicy(NotesActivity):
    key = "earlier_policy"
    sprints = (1, 2)
    makes = frozenset({ItemKind.INITIATIVE})
    default_minutes = 25

    def title(self) -> str:
        return _("Wat is er al gedaan?")

    def prompt(self) -> str:
        return _("Welk plan of project was er eerder in de wijk, en hoe kijk je daarop terug?")

    def parts(self) -> tuple[NotePart, ...]:
        return (
            NotePart(
                _("Eerder gedaan"),
                NoteForm(
                    "initiative",
                    ItemKind.INITIATIVE,
                    _("Wat is er eerder gedaan?"),
                    _("Eén plan of project per kaartje. Weet je iets niet? Laat het leeg."),
                    second_prompt=_("Wat leerden we ervan?"),
                    limit=120,
                    extras=(
                        Line(f"{EXTRA}{ORGANISATION}", _("Welke afdeling of organisatie?")),
                        Line(f"{EXTRA}{YEAR}", _("In welk jaar?"), low=FIRST_YEAR, high=LAST_YEAR),
                        Choice(f"{EXTRA}{DOMAIN}", _("Waar hoorde het bij?"), _options(domain_words()), False),
                        Choice(f"{EXTRA}{FEELING}", _("Hoe kijk je erop terug?"), _options(experience_words()), False),
                        Line(f"{EXTRA}{REUSE}", _("Wat kunnen we opnieuw gebruiken?"), limit=120),
                    ),
                ),
            ),
        )

    def count(self, context: StepContext, ballots: Sequence[Ballot]) -> dict[str, Any]:
        felt = [note.details.fields.get(FEELING) for note in context.notes]
        return {
            **super().count(context, ballots),
            "feelings": {value: felt.count(value) for value in experience_words()},
            "reusable": sum(bool(note.details.fields.get(REUSE)) for note in context.notes),
        }

    def tell(self, context: StepContext, outcome: Mapping[str, Any]) -> Story:
        if not outcome["n"]:
            return super().tell(context, outcome)
        words, counted = experience_words(), outcome["feelings"]
        unsaid = outcome["n"] - sum(counted.values())
        bars = tuple(Bar(words[value], counted[value]) for value in words)
        sentences = [
            n_(
                "Bij {n} daarvan staat wat we opnieuw kunnen gebruiken.",
                "Bij {n} daarvan staat wat we opnieuw kunnen gebruiken.",
                outcome["reusable"],
            ).format(n=outcome["reusable"])
        ]
        if unsaid:
            sentences.append(n_("Bij {n} staat geen gevoel.", "Bij {n} staat geen gevoel.", unsaid).format(n=unsaid))
        return Story(
            lead=n_(
                "De zaal noemt {n} plan of project van eerder.",
                "De zaal noemt {n} plannen of projecten van eerder.",
                outcome["n"],
            ).format(n=outcome["n"]),
            sentences=tuple(sentences),
            picture=BarsPicture(bars, _("keer")),
            tables=(
                Table(
                    _("Hoe we erop terugkijken"),
                    (_("Gevoel"), _("Aantal keer")),
                    tuple((bar.label, bar.value) for bar in bars),
                ),
                self._sheet(context),
            ),
            scores={note.id: words[f] for note in context.notes if (f := note.details.fields.get(FEELING)) in words},
        )

    def _sheet(self, context: StepContext) -> Table:
        """One row per note, by year and then by the alphabet, so that the order of writing is not shown."""
        (part,) = self.parts()
        asked = [extra.prompt for extra in part.form.extras]
        ordered = sorted(
            context.notes, key=lambda note: (note.details.fields.get(YEAR) or LAST_YEAR, note.text.casefold(), note.id)
        )
        rows = []
        for note in ordered:
            told = dict(extra_words(part.form, note.details.fields))
            rows.append((note.text, *(told.get(each, "") for each in asked), note.details.lesson))
        header = (
            _("Wat"), _("Van wie"), _("Jaar"), _("Hoort bij"), _("Gevoel"), _("Opnieuw te gebruiken"), _("Geleerd"),
        )  # fmt: skip
        return Table(_("Wat er eerder gedaan is"), header, tuple(rows))


WERKVORM = EarlierPolicy()
