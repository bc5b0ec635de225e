"""Molenwijk: a fictional wijkplan that went through all seven sprints, played through the real actions.

Nothing is written behind the actions' backs, so that the demo shows what the product does and not what it should do.
The texts stand in ``data/demo``: the wijkplan in ``molenwijk.toml``, then one file per sprint. Dates move along with the
day on which the demo is made, in whole weeks: the last sprint has always just been finished.

``source`` reads the files, ``play`` goes through the days, ``evening`` and ``answers`` play what the room does, ``desk``
what is done at the desk.
"""

from __future__ import annotations

from workshop.demo.play import Tell, load_demo

__all__ = ["Tell", "load_demo"]
