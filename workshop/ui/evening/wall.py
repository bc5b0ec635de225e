"""What the projector shows, drawn from one read model. A canvas of 1920 by 1080, made to fit.

Sizes (screens.md): body at least 32 px, headings at least 56 px, no scrolling. Every text of people is escaped.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import Any

import segno
import streamlit as st

from workshop.actions.evening.closing import closing_path
from workshop.actions.evening.pulse import see_pulse
from workshop.actions.evening.wall_view import WallView, see_wall
from workshop.address import public_origin, without_scheme
from workshop.domain.errors import NotFound
from workshop.domain.evening.joincode import show_code
from workshop.domain.evening.moves import SessionState, StepState
from workshop.domain.evening.stage import View
from workshop.domain.thread.items import Environment, Item
from workshop.domain.words import environment_name
from workshop.locale import _, n_
from workshop.sources.figure import area_text, origin_text, value_text
from workshop.sources.figures import known_figures
from workshop.ui.drawing.pictures import show_picture
from workshop.ui.evening import clicker
from workshop.ui.frame.live import follow
from workshop.ui.frame.look import ENVIRONMENT_LOOK
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.tone import follow_tone
from workshop.ui.frame.visitor import look_who_is_here

#: Notes that fit on one wall; the rest is on the phones.
NOTES_AT_ONCE = 9
#: Figures that fit on one wall.
FIGURES_AT_ONCE = 6
#: The same with larger letters.
LARGE_NOTES, LARGE_FIGURES = 4, 4
#: Languages of a question that fit under it; the others are on the phones.
TONGUES_AT_ONCE = 3

_CSS = f"<style>{(Path(__file__).parent / 'wall.css').read_text('utf-8')}</style>"
_LARGE = f"<style>{(Path(__file__).parent / 'wall_large.css').read_text('utf-8')}</style>"
_DARK = "<style>.stApp,[data-testid='stMain'],[data-testid='stHeader']{background:#000!important}</style>"

_SIGNS = {"social": "●", "physical": "■", "institutional": "◆", "criminal": "▲"}


def escaped(text: str) -> str:
    """People's text for an HTML place; newlines become line breaks."""
    return html.escape(text).replace("\n", "<br>")


@lru_cache(maxsize=64)
def qr_image(address: str) -> str:
    """A QR code as a data address for ``<img>``: dark on white in every theme, as scanners want it."""
    return str(segno.make(address, error="m").svg_data_uri(dark="#000", light="#fff", border=2, scale=10))


def follow_wall(shell: Shell, session_id: str) -> None:
    """The whole page: the stage, and in a corner always code, head count and "17 van 22 klaar"."""

    @st.fragment
    def live() -> None:
        pulse = see_pulse(shell.store, session_id)
        try:
            view = see_wall(shell.store, look_who_is_here(), session_id, pulse=pulse)
        except NotFound:
            st.rerun()
        origin = public_origin(st.context.url or "")
        show_wall(view, origin=origin)
        follow_tone("wall_tone")
        words, to_confirm = clicker.what_is_asked(pulse.step_id if pulse.state == StepState.OPEN else None)
        if words:
            st.html(f'<div class="kv-ask" role="status">{escaped(words)}</div>')
        # At the door the code stands large already, and after the evening it opens nothing.
        is_door = view.stage.view is View.DOOR or view.state is SessionState.CLOSED
        is_open = view.stage.view is View.STEP and view.step is not None and view.step.state is StepState.OPEN
        follow(
            session_id,
            pulse,
            draws="wall",
            key="wall_live",
            on_press=lambda what: clicker.press(shell, session_id, what),
            step_ends_at=_ends_at(view, shell.store.now()) if is_open else None,
            counts=view.has_ballot or (pulse.round_id is not None and view.step is None and pulse.state == "open"),
            code="" if is_door else show_code(view.code),
            address="" if is_door else without_scheme(origin),
            qr="" if is_door else qr_image(f"{origin}{view.join_path}"),
            hidden=view.stage.is_blank,
            big=is_open and view.live_story is None,
            waits=to_confirm,
        )

    live()


def _ends_at(view: WallView, now: datetime) -> int | None:
    return None if view.minutes_left is None else int((now + timedelta(minutes=view.minutes_left)).timestamp() * 1000)


def show_wall(view: WallView, *, origin: str) -> None:
    """Draw the stage of a ``WallView``; ``origin`` as :func:`public_origin` gives it."""
    st.html(_CSS + (_LARGE if view.stage.is_large else ""))
    if view.stage.is_blank:
        unseen = "<h1>" + escaped(_("Het scherm is even donker")) + "</h1>"
        st.html(f'{_DARK}<div class="kv-wall" style="position:absolute;left:-9999px">{unseen}</div>')
        return
    match view.stage.view:
        case View.DOOR:
            _door(view, origin)
        case View.STEP:
            _step(view)
        case View.NOTES:
            _notes(view)
        case View.OUTCOME:
            _outcome(view)
        case View.FIGURES:
            _figures(view)
        case View.JOINT_TASK:
            _joint_task(view)
        case View.MESSAGE:
            _words(view.stage.text or _next(view), over=view.session_title)
        case View.CLOSING:
            _closing(view, origin)


def _frame(inner: str) -> None:
    st.html(f'<div class="kv-wall" data-own>{inner}</div>')


def _heading(text: str, *, size: str = "") -> str:
    return f'<h1 class="{size}">{escaped(text)}</h1>'


def _size_for(text: str) -> str:
    return "large" if len(text) <= 70 else "medium" if len(text) <= 150 else ""


def _words(text: str, *, over: str, below: str = "") -> None:
    _frame(
        f'<div class="middle"><p class="over">{escaped(over)}</p>{_heading(text, size=_size_for(text))}'
        + (f"<p>{escaped(below)}</p>" if below else "")
        + "</div>"
    )


def _next(view: WallView) -> str:
    if view.next_title:
        return _("Straks: {title}").format(title=view.next_title)
    return _("Straks gaan we verder.")


def _door(view: WallView, origin: str) -> None:
    qr = qr_image(f"{origin}{view.join_path}")
    lines = (
        _heading(_("Doe mee met je telefoon"), size="medium"),
        _line(_("Scan de code hiernaast. Of ga naar")),
        _line(without_scheme(origin), "address"),
        _line(_("en vul dit in:")),
        _line(show_code(view.code), "code"),
        _line(_("Je hoeft geen naam en geen e-mailadres te geven.")),
    )
    words = escaped(_("QR-code om mee te doen"))
    _frame(
        _line(view.session_title, "over")
        + f'<div class="door"><div>{"".join(lines)}</div><img src="{qr}" alt="{words}"></div>'
    )


def _line(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{escaped(text)}</p>'


def _step(view: WallView) -> None:
    step = view.step
    title = step.title if step is not None else view.session_title
    prompt = step.prompt if step is not None else _next(view)
    if view.live_story is not None and view.live_story.picture is not None and view.done:
        # An open table sees the positions grow while it votes.
        _frame(f'<p class="over">{escaped(title)}</p>{_heading(prompt)}')
        show_picture(view.live_story.picture, wall=True, room=_room_under(prompt, view), **_picture_of(view))
        return
    is_soon = step is not None and step.state is StepState.PREPARED
    over = _("Zo meteen: {title}").format(title=title) if is_soon else title
    secrecy = f'<p class="secret">{escaped(step.secrecy)}</p>' if step is not None else ""
    tongues = _tongues(step.translations) if step is not None else ""
    size = "" if tongues else _size_for(prompt)
    _frame(f'<p class="over">{escaped(over)}</p>{_heading(prompt, size=size)}{tongues}{secrecy}')


def _tongues(translations: Mapping[str, str]) -> str:
    """The question in other languages; each is set in its own direction."""
    return "".join(
        f'<p class="tongue" dir="auto" lang="{escaped(code)}">{escaped(_short(text, 120))}</p>'
        for code, text in sorted(translations.items())[:TONGUES_AT_ONCE]
    )


def translation_of(item: Item) -> str:
    """The Dutch words beside a note in another language; empty when there are none."""
    return item.details.translation


def _colour(environment: Environment) -> str:
    """The colour in CSS. The browser chooses: a wall that goes from light to dark is not drawn again by itself."""
    look = ENVIRONMENT_LOOK[environment.value]
    return f"light-dark({look.light},{look.dark})"


def _sign(environment: Environment) -> str:
    return f'<span aria-hidden="true" style="color:{_colour(environment)}">{_SIGNS[environment.value]}</span> '


def _note(item: Item) -> str:
    touched = [e for e in Environment if e in item.environments]
    colour = _colour(touched[0]) if touched else "#8A919C"
    where = " · ".join(f"{_sign(e)}{escaped(environment_name(e))}" for e in touched)
    told = translation_of(item)
    text = f'<span dir="auto">{escaped(_short(item.text, 70 if told else 110))}</span>'
    if told:
        text += f"<i>{escaped(_short(told, 70))}</i>"
    return f'<div class="note" style="--kv-env:{colour}">{text}{f"<small>{where}</small>" if where else ""}</div>'


def by_environment(notes: Iterable[Item]) -> list[Item]:
    """Notes in the order of the environments they touch, those that touch none last; newest first within."""
    order = {e: place for place, e in enumerate(Environment)}
    found = sorted(notes, key=lambda i: i.created_at.timestamp() if i.created_at else 0, reverse=True)
    return sorted(found, key=lambda i: sorted(order[e] for e in i.environments) or [len(order)])


def _notes(view: WallView) -> None:
    notes: Sequence[Item] = view.notes
    title = view.step.title if view.step is not None else view.session_title
    if not notes:
        return _words(
            _("Er staan nog geen kaartjes op het scherm."), over=title, below=view.step.prompt if view.step else ""
        )
    newest = sorted(notes, key=lambda i: i.created_at.timestamp() if i.created_at else 0, reverse=True)[
        : LARGE_NOTES if view.stage.is_large else NOTES_AT_ONCE
    ]
    count = n_("{n} kaartje", "{n} kaartjes", len(notes)).format(n=len(notes))
    more = len(notes) - len(newest)
    below = (
        n_("Nog {n} kaartje staat op je telefoon.", "Nog {n} kaartjes staan op je telefoon.", more).format(n=more)
        if more
        else ""
    )
    _frame(
        f'<p class="over">{escaped(title)}</p>{_heading(count)}<div class="notes">'
        + "".join(_note(item) for item in by_environment(newest))
        + f"</div><p>{escaped(below)}</p>"
    )


def _outcome(view: WallView) -> None:
    story = view.story
    if story is None:
        return _words(_next(view), over=view.session_title)
    title = view.step.title if view.step is not None else view.session_title
    over = f"{title} · {story.turnout}" if story.turnout else title
    lead = _short(story.lead, 84 if view.stage.is_large else 112)
    _frame(f'<p class="over">{escaped(over)}</p>{_heading(lead)}')
    if story.picture is not None:
        show_picture(story.picture, wall=True, room=_room_under(lead, view), **_picture_of(view))
        return
    _frame("<ul>" + "".join(f"<li>{escaped(s)}</li>" for s in story.sentences[:5]) + "</ul>")


def _figures(view: WallView) -> None:
    figures = [f for f in known_figures(view.area_codes, view.figures) if f.value is not None][
        : LARGE_FIGURES if view.stage.is_large else FIGURES_AT_ONCE
    ]
    over = view.wijkplan_title
    question = _("Cijfers over de wijk: herken je dit?")
    if not figures:
        return _words(question, over=over, below=_("Voor deze wijk zijn nog geen cijfers geladen."))
    _frame(
        f'<p class="over">{escaped(over)}</p>{_heading(question)}<div class="figures">'
        + "".join(
            f"<div><b>{escaped(value_text(f))}</b><span>{escaped(f.label_nl)}</span>"
            f"<span>{escaped(area_text(f))} · {escaped(origin_text(f))}</span></div>"
            for f in figures
        )
        + "</div>"
    )


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 2].rsplit(" ", 1)[0] + " …"


def _room_under(heading: str, view: WallView) -> int:
    """The height left for a picture: 1080 without margins, the line above and the heading at 60 px, some 52 a line.

    With larger letters: 78 px, some 42 a line.
    """
    if view.stage.is_large:
        return 790 - 90 * ceil(len(heading) / 42)
    return 800 - 69 * ceil(len(heading) / 52)


def _picture_of(view: WallView) -> dict[str, Any]:
    return {"large": view.stage.is_large, "key": "wall_picture"}


def _joint_task(view: WallView) -> None:
    if not view.joint_task:
        return _words(_("We schrijven samen onze opgave."), over=_("Gezamenlijke opgave"))
    _words(view.joint_task, over=_("Onze gezamenlijke opgave"))


def _heard(item: Item) -> str:
    """A text that goes on, and in Dutch what was written in another language."""
    told = translation_of(item)
    text = f'<span dir="auto">{escaped(_short(item.text, 45 if told else 90))}</span>'
    return f"{text} · {escaped(_short(told, 45))}" if told else text


def _closing(view: WallView, origin: str) -> None:
    """What we heard, what happens with it, when people hear more; and the same to take along."""
    closing = view.closing
    heard = closing.heard if closing is not None else ()
    most = 3 if view.stage.is_large else 5
    if heard:
        rows = "".join(f"<li>{_heard(item)}</li>" for item in heard[:most])
        told = _line(_("Dit hoorden we, en dit gaat door:")) + f"<ul>{rows}</ul>"
        left = (closing.n_heard if closing is not None else 0) - min(most, len(heard))
        if left > 0:
            told += _line(n_("En nog {n} ander onderwerp.", "En nog {n} andere onderwerpen.", left).format(n=left))
    else:
        told = _line(_("Wat jullie inbrachten, nemen we mee."))
    later = (closing.more_later if closing is not None else "") or _(
        "Wat ermee gebeurt, hoor je terug. Kijk op je telefoon wat er met jouw kaartjes gebeurt."
    )
    qr = qr_image(f"{origin}{closing_path(view.session_id)}")
    words = escaped(_("QR-code van de slotpagina"))
    read_on = _line(_("Lees het later na"))
    _frame(
        _line(view.session_title, "over")
        + _heading(_("Dank je wel."), size="medium")
        + f'<div class="end"><div>{told}<p class="later">{escaped(later)}</p></div>'
        + f'<div><img src="{qr}" alt="{words}">{read_on}</div></div>'
    )
