"""What the program offers beside a part of a sprint's record: what the room told, and efforts that may be double."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from workshop.actions.sprints.material import Snapshot
from workshop.actions.sprints.taking_over import not_taken_yet, take_initiative
from workshop.domain.sprints.records import PainMap
from workshop.domain.sprints.rules import read_record
from workshop.domain.thread.details import Details
from workshop.locale import _, n_
from workshop.sources.efforts import Pair, Why, effort_name, suggest_pairs
from workshop.ui.frame.doing import button
from workshop.ui.frame.fields import md, plain
from workshop.ui.frame.shell import Shell
from workshop.werkvormen import told_beside

#: Offers at once; the rest comes when these are judged.
AT_ONCE = 12


def offer_stories(shell: Shell, snapshot: Snapshot) -> None:
    """What the room told about earlier policy and is not in the record yet, each taken over by one press."""
    waiting = not_taken_yet(snapshot)
    if not waiting:
        return
    st.markdown(
        "**"
        + n_(
            "De zaal vertelde {n} ding dat hier nog niet staat",
            "De zaal vertelde {n} dingen die hier nog niet staan",
            len(waiting),
        ).format(n=len(waiting))
        + "**"
    )
    for item in waiting[:AT_ONCE]:
        with st.container(border=True):
            plain(item.text)
            told = [words for _asked, words in told_beside(Details("initiative", fields=item.fields))]
            st.caption(
                md(" · ".join([*told, item.lesson, item.origin_line] if item.lesson else [*told, item.origin_line]))
            )
            button(
                _("Neem over"), take_initiative, shell, shell.plan.id, item.id, key=f"take-{item.id}",
                icon=":material/input:", wide=False,
                said=_("Overgenomen, met herkomst. Vul aan wat de zaal niet wist."),
            )  # fmt: skip
    if len(waiting) > AT_ONCE:
        st.caption(_("En nog {n}.").format(n=len(waiting) - AT_ONCE))


def offer_pairs(rows: Sequence[Mapping[str, Any]], save: Callable[[str, str, list[dict[str, Any]]], None]) -> None:
    """Efforts that may be double or against each other; what somebody answers is kept with the first of the two.

    ``save(label, key, rows)`` draws the button that keeps these rows.
    """
    record = read_record(1, {"running_efforts": {"rows": list(rows)}})
    assert isinstance(record, PainMap)
    efforts = record.running_efforts
    for pair in suggest_pairs(efforts)[:AT_ONCE]:
        one, other = efforts[pair.first], efforts[pair.second]
        with st.container(border=True):
            st.markdown(
                "**" + (_("Spreekt dit elkaar tegen?") if pair.may_clash else _("Is dit dubbel?")) + "**",
            )
            plain(effort_name(one))
            plain(effort_name(other))
            st.caption(md(_reasons(pair)))
            answers = {
                "doubles_with": _("Dit is dubbel"),
                "clashes_with": _("Dit botst"),
                "apart_from": _("Staat los van elkaar"),
            }
            with st.container(horizontal=True):
                for column, label in answers.items():
                    judged = [dict(row) for row in rows]
                    before = judged[pair.first].get(column, "")
                    judged[pair.first][column] = "; ".join(filter(None, (before, effort_name(other))))
                    save(label, f"pair-{pair.first}-{pair.second}-{column}", judged)


def _reasons(pair: Pair) -> str:
    words = {
        Why.OPPOSITE: _("het ene lijkt weg te halen wat het andere brengt"),
        Why.SAME_PLACE_AND_THEME: _("zelfde plek en thema"),
        Why.SAME_THEME_AND_GROUP: _("zelfde thema en doelgroep"),
        Why.ALIKE: _("de teksten lijken op elkaar"),
    }
    return _("Waarom we dit vragen: {reasons}.").format(reasons="; ".join(words[why] for why in pair.why))
