"""The path of the seven sprints, and one sprint on it: overview, what is missing, fixing, versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from workshop.actions.sprints.fixing import fix_result, is_as_fixed
from workshop.actions.sprints.material import SnapshotItem
from workshop.actions.sprints.missing import Missing, Place
from workshop.actions.sprints.path import (
    SprintPath,
    SprintState,
    SprintView,
    look_again,
    made_of_kind,
    see_differences,
    state_words,
)
from workshop.domain.evening.method import Method, mark_words
from workshop.domain.evening.stories import Table
from workshop.domain.roles import Role
from workshop.domain.sprints.approvals import BRIEF_SPRINT
from workshop.domain.sprints.keyfactors import FactorStatus
from workshop.domain.sprints.keyfactors import status_words as factor_words
from workshop.domain.sprints.rules import is_empty, parts_of
from workshop.domain.sprints.versions import Change, Difference
from workshop.domain.thread.items import ItemKind, Tone
from workshop.domain.wijkplan.order import SPRINTS, early_words
from workshop.domain.words import environment_names, kind_name, kind_word
from workshop.locale import _, current_language, n_
from workshop.moments import local
from workshop.sources.method import the_method
from workshop.ui.frame.doing import button, typed
from workshop.ui.frame.fields import md, plain, show_empty
from workshop.ui.frame.shell import PLAN, Shell, go
from workshop.ui.frame.state import put, value_of
from workshop.ui.frame.tables import show_table
from workshop.ui.sprints.approvals import show_approvals
from workshop.ui.sprints.factors import show_factors
from workshop.ui.sprints.forms import PART, show_filling
from workshop.ui.sprints.handing_over import show_handing_over, show_parked
from workshop.ui.sprints.koppelvlakken import show_koppelvlakken
from workshop.ui.sprints.movement import show_movements
from workshop.ui.sprints.order import partner_of, show_early, show_order
from workshop.ui.sprints.reading import show_reading

SPRINT, PIECE = "sprint", "deel"
#: The sprint in which ideas are made: what goes well already feeds them.
IDEAS = 4
#: Items drawn before somebody asks for more.
FIRST_ITEMS = 12
#: Widths in pixels: two steps of the path beside each other on a phone, three key factors on a laptop.
_BOX, _FACTOR = 165, 250

_SIGNS = {
    SprintState.WAITING: ":material/radio_button_unchecked:",
    SprintState.RUNNING: ":material/play_circle:",
    SprintState.FIXED: ":material/check_circle:",
    SprintState.STALE: ":material/history:",
    SprintState.SKIPPED: ":material/skip_next:",
}
FACTOR_SIGNS = {
    FactorStatus.UNSEEN: ":material/radio_button_unchecked:",
    FactorStatus.ATTENTION: ":material/priority_high:",
    FactorStatus.IN_ORDER: ":material/check_circle:",
}


def show_path(shell: Shell, path: SprintPath) -> None:
    """The whole page: the joint task, the path, and the sprint that was chosen on it."""
    method = the_method(current_language())
    _show_joint_task(path)
    _show_start(shell, path)
    if path.one_environment is not None:
        st.warning(
            md(
                _(
                    "Alle acties zitten in één omgeving: {environment}. Kijk wat er in de andere drie kan, en waar ze "
                    "elkaar raken."
                ).format(environment=environment_names([path.one_environment]))
            ),
            icon=":material/join_inner:",
        )
    number = _chosen(path)
    _show_steps(path, method, number)
    view = path.sprint(number)
    sprint = method.sprint(number)
    st.header(md(_("Sprint {n}: {title}").format(n=number, title=sprint.title)), anchor=False, divider="gray")
    st.caption(
        md(
            _("Titel: {title_mark}. Resultaat: {result} ({result_mark}).").format(
                title_mark=mark_words(sprint.title_mark),
                result=sprint.result,
                result_mark=mark_words(sprint.result_mark),
            )
        )
    )
    plain(sprint.purpose)
    match _piece(number, view.before):
        case "read":
            show_reading(path.snapshot, view.contents, number)
        case "fill":
            show_filling(shell, path.snapshot, view.contents, number)
        case "factors":
            show_factors(shell, path.snapshot.looks, number, method)
        case "approvals":
            show_approvals(shell, path.snapshot)
        case "links":
            show_koppelvlakken(path)
        case "movement":
            show_movements(path)
        case _:
            _show_overview(shell, path, view, method)


def _show_joint_task(path: SprintPath) -> None:
    with st.container(border=True):
        st.caption(_("Gezamenlijke opgave"))
        plain(
            path.snapshot.joint_task or _("De groep schreef nog geen gezamenlijke opgave. Dat gebeurt na de nulmeting.")
        )


def _show_start(shell: Shell, path: SprintPath) -> None:
    """The check before the start: what is missing stays in sight, what is there folds away."""
    missing = [part.label for part in parts_of(0) if is_empty(path.start_check.get(part.key))]
    title = (
        _("Startcheck: nog niet rond ({list})").format(list=", ".join(missing).lower())
        if missing
        else _("Startcheck: alles is besproken")
    )
    with st.expander(md(title), icon=":material/checklist:"):
        show_filling(shell, path.snapshot, path.start_check, 0)


def _chosen(path: SprintPath) -> int:
    asked = st.query_params.get(SPRINT, "")
    return int(asked) if asked.isdigit() and int(asked) in SPRINTS else path.now


def choose(number: int, piece: str = "overview", part: str = "") -> None:
    """Look at another sprint, or another piece of it."""
    st.query_params[SPRINT] = str(number)
    put(PIECE, piece)
    if part:
        put(PART, part)


def _show_steps(path: SprintPath, method: Method, chosen: int) -> None:
    with st.container(horizontal=True, gap="small"):
        for view in map(path.sprint, path.snapshot.order):
            with st.container(width=_BOX, gap="xsmall"):
                st.button(
                    md(f"{view.number}. {method.sprint(view.number).title}"),
                    key=f"to-sprint-{view.number}",
                    type="primary" if view.number == chosen else "secondary",
                    width="stretch",
                    wrap=True,
                    on_click=choose,
                    args=(view.number,),
                )
                st.caption(f"{_SIGNS[view.state]} {md(state_words(view.state))}")
                if view.early is not None:
                    st.caption(f":material/swap_horiz: {md(early_words(view.early.how, partner_of(view)))}")


def _piece(number: int, before: int) -> str:
    pieces = {
        "overview": _("Overzicht"),
        "read": _("Lezen"),
        "fill": _("Invullen"),
        "factors": _("Sleutelfactoren"),
        "links": _("Koppelvlakken"),
        "movement": _("Beweging"),
    }
    if BRIEF_SPRINT in (number, before):
        pieces["approvals"] = _("Akkoord")
    if value_of(PIECE) not in pieces:
        put(PIECE, "overview")
    chosen = st.segmented_control(
        _("Wat wil je zien?"), list(pieces), format_func=pieces.__getitem__, key=PIECE, required=True
    )
    return chosen or "overview"


# -- overview ----------------------------------------------------------------------------------------------------------


def _show_overview(shell: Shell, path: SprintPath, view: SprintView, method: Method) -> None:
    for agreement in view.comes_back:
        st.warning(
            md(
                _("Niet nagekomen in een eerdere sprint: {what} ({who}).").format(
                    what=agreement.what, who=agreement.who
                )
            ),
            icon=":material/undo:",
        )
    show_early(view)
    _show_strip(view, method)
    _show_missing(shell, path, view)
    with st.expander(_("Vragen voor deze sprint"), icon=":material/help:"):
        st.markdown("\n".join(f"- {md(prompt)}" for prompt in method.sprint(view.number).prompts))
    st.subheader(_("Dit nam deze sprint over"), anchor=False)
    if view.taken_over:
        show_items(shell, view.taken_over, key=f"over-{view.number}")
    elif view.number == 1:
        st.markdown("\n".join(f"- {md(line)}" for line in method.sprint(1).inputs))
    else:
        show_empty(
            _("Er is nog niets doorgegeven."),
            _("Kies aan het eind van een onderdeel wat meegaat. Dan staat het hier, met sprint, datum en score."),
        )
    show_parked(shell, view.number, view.parked)
    strong = [item for item in path.snapshot.items if item.tone == Tone.GOOD and item.goes_on is not False]
    if view.number == IDEAS and strong:
        with st.expander(
            _("Dit gaat al goed: bouw hierop voort ({n})").format(n=len(strong)), icon=":material/thumb_up:"
        ):
            show_items(shell, strong, key="strong")
    _show_yield(shell, view)
    show_handing_over(shell, view.number)
    _show_versions(shell, view)
    show_order(shell, path, view)


def _show_strip(view: SprintView, method: Method) -> None:
    st.markdown("**" + _("De zes sleutelfactoren") + "**")
    with st.container(horizontal=True, gap="small"):
        for factor in method.key_factors:
            look = view.factors[factor.number]
            status = look.status if look else FactorStatus.UNSEEN
            owner = f" · {md(look.owner)}" if look and look.owner else ""
            with st.container(border=True, width=_FACTOR):
                st.markdown(f"{md(factor.title)}  \n{FACTOR_SIGNS[status]} {md(factor_words(status))}{owner}")
    st.button(
        _("Bekijk de sleutelfactoren"), key="to-factors", icon=":material/arrow_forward:", type="tertiary",
        on_click=choose, args=(view.number, "factors"),
    )  # fmt: skip


def _show_missing(shell: Shell, path: SprintPath, view: SprintView) -> None:
    if view.state is SprintState.SKIPPED:
        st.info(md(_("Deze sprint is overgeslagen, omdat: {reason}").format(reason=view.skip_reason)))
        return
    if view.missing:
        st.markdown("**" + _("Dit moet nog gebeuren voordat je kunt vastleggen") + "**")
        for n, missing in enumerate(view.missing):
            _show_missing_one(shell, view, missing, n)
        return
    if is_as_fixed(path.snapshot, view.number):
        st.caption(_("Vastgelegd. Sindsdien is er niets veranderd."))
        return
    if not shell.has(Role.FACILITATOR):
        st.caption(_("Klaar om vast te leggen. Dat doet de begeleider of de projecteigenaar."))
        return
    show_fixing(
        shell, view.number, sum(look is None or look.status is FactorStatus.UNSEEN for look in view.factors.values())
    )


def _show_missing_one(shell: Shell, view: SprintView, missing: Missing, n: int) -> None:
    key, icon = f"missing-{n}", ":material/arrow_forward:"
    label = md(missing.sentence)
    match missing.place:
        case Place.SPRINT:
            st.button(label, key=key, icon=icon, type="tertiary", wrap=True, on_click=choose, args=(int(missing.key),))
        case Place.PART:
            st.button(
                label, key=key, icon=icon, type="tertiary", wrap=True, on_click=choose,
                args=(view.number, "fill", missing.key),
            )  # fmt: skip
        case Place.APPROVALS:
            st.button(
                label, key=key, icon=icon, type="tertiary", wrap=True, on_click=choose, args=(view.number, "approvals")
            )
        case Place.SESSIONS:
            if not shell.has(Role.FACILITATOR):
                st.markdown(f"- {label}")
            elif st.button(label, key=key, icon=icon, type="tertiary", wrap=True):
                go("voorbereiden", **{PLAN: shell.plan.id}, **({"sessie": missing.key} if missing.key else {}))


def show_fixing(shell: Shell, sprint: int, n_unseen: int) -> None:
    """The button that fixes a result; with unseen key factors it first asks why it is fixed all the same."""
    if n_unseen:
        st.warning(
            n_(
                "{n} sleutelfactor is in deze sprint nog niet bekeken. Bekijk hem, of schrijf waarom je toch vastlegt.",
                "{n} sleutelfactoren zijn in deze sprint nog niet bekeken. "
                "Bekijk ze, of schrijf waarom je toch vastlegt.",
                n_unseen,
            ).format(n=n_unseen),
            icon=":material/warning:",
        )
        st.text_input(_("Waarom leg je toch vast?"), key=f"unseen-{sprint}", max_chars=500)
    told = _("Vastgelegd: sprint {sprint}, versie {version}.")
    button(
        _("Leg het resultaat van sprint {n} vast").format(n=sprint), fix_result, shell, shell.plan.id, sprint,
        unseen_reason=typed(f"unseen-{sprint}", lambda reason: reason or ""), key=f"fix-{sprint}", look="primary",
        wide=False, said=lambda fixed: told.format(sprint=sprint, version=fixed.version),
    )  # fmt: skip


def _show_yield(shell: Shell, view: SprintView) -> None:
    st.subheader(_("Dit levert deze sprint op"), anchor=False)
    parts = parts_of(view.number)
    filled = [part.label for part in parts if not is_empty(view.contents.get(part.key))]
    empty = [part.label for part in parts if is_empty(view.contents.get(part.key))]
    if filled:
        st.markdown(_("Ingevuld") + f": {md(', '.join(filled))}")
    if empty:
        st.caption(md(_("Nog leeg: {list}").format(list=", ".join(empty))))
    st.button(
        _("Vul het resultaat in"), key="to-fill", icon=":material/edit:", on_click=choose, args=(view.number, "fill")
    )
    for kind, made in made_of_kind(view).items():
        st.markdown(f"**{md(kind_name(kind))}** ({len(made)})")
        if made:
            show_items(shell, made, key=f"made-{view.number}-{kind}")


def show_items(shell: Shell, found: Sequence[SnapshotItem], *, key: str) -> None:
    """Items read-only, each with its origin in one line and one click to its whole chain."""
    wants_all = len(found) > FIRST_ITEMS and st.toggle(
        _("Laat alles zien ({n})").format(n=len(found)), key=f"{key}-all"
    )
    for item in found if wants_all else found[:FIRST_ITEMS]:
        with st.container(border=True):
            plain(item.text)
            score = item.score if item.score not in item.origin_line else ""
            facts = [kind_word(ItemKind(item.kind)), environment_names(item.environments), score, item.origin_line]
            st.caption(md(" · ".join(fact for fact in facts if fact)))
            if item.goes_on is False and item.reason:
                plain(_("Blijft staan, omdat: {reason}").format(reason=item.reason))
            if st.button(_("Herkomst"), key=f"{key}-{item.id}", icon=":material/account_tree:", type="tertiary"):
                go("herkomst", **{PLAN: shell.plan.id}, item=item.id)


# -- versions ----------------------------------------------------------------------------------------------------------


def _show_versions(shell: Shell, view: SprintView) -> None:
    st.subheader(_("Vastgelegd"), anchor=False)
    if view.fixed is None:
        st.caption(_("Nog niet vastgelegd."))
        return
    if view.fixed.is_stale:
        st.warning(
            _("Mogelijk verouderd: een eerdere sprint is daarna opnieuw vastgelegd. Kijk of dit nog klopt."),
            icon=":material/history:",
        )
        if shell.has(Role.FACILITATOR):
            button(
                _("Ik heb gekeken: dit klopt nog"), look_again, shell, shell.plan.id, view.number, key="look-again",
                wide=False, said=_("Bewaard dat dit resultaat nog klopt."),
            )  # fmt: skip
    header = (_("Versie"), _("Vastgelegd op"), _("Door"), _("Toch vastgelegd, omdat"), _("Vingerafdruk"))
    rows = tuple(
        (
            r.version,
            local(r.fixed_at),
            r.fixed_by,
            r.record.get("unseen_key_factors", {}).get("reason", ""),
            r.digest[:16],
        )
        for r in reversed(view.results)
    )
    show_table(Table(_("Vastgelegde versies"), header, rows))
    if len(view.results) > 1:
        _show_differences(shell, view)
    st.caption(_("Verander iets en leg opnieuw vast: dat wordt een nieuwe versie. De oude blijft bestaan."))


def _show_differences(shell: Shell, view: SprintView) -> None:
    versions = [r.version for r in view.results]
    with st.expander(_("Wat veranderde er?"), icon=":material/difference:"):
        after = st.selectbox(_("Vergelijk versie"), versions[:0:-1], key=f"after-{view.number}")
        before = after - 1
        told = see_differences(shell.store, shell.actor, shell.plan.id, view.number, before, after)
        st.caption(_("Versie {after} naast versie {before}").format(after=after, before=before))
        if not told:
            st.text(_("De teksten en onderwerpen zijn gelijk; er veranderde iets in uitslagen of sleutelfactoren."))
        show_differences(told)


def show_differences(told: Iterable[Difference]) -> None:
    words = {Change.ADDED: _("erbij"), Change.GONE: _("weg"), Change.CHANGED: _("veranderd")}
    for each in told:
        st.markdown(f"**{md(each.subject)}** – {words[each.change]}")
        for line in each.lines:
            mark = _("erbij") if line.startswith("+") else _("weg")
            st.markdown(f"- *{mark}*: {md(line[2:])}")
