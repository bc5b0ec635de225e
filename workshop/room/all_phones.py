"""The hub of one process among others: the screens are told of the phones that all of them reach together."""

from __future__ import annotations

from collections.abc import Callable

from workshop.room.hub import Hub, _Followed, screen_message


class HubAmongOthers(Hub):
    """A hub that adds what ``elsewhere(session_id)`` says; None there is None for the screens as well."""

    elsewhere: Callable[[str], int | None] = staticmethod(lambda _session_id: None)

    def numbers(self) -> dict[str, int]:
        """How many phones each session has here. From any thread."""
        return {session_id: self._reached(room) for session_id, room in tuple(self._rooms.items())}

    def phones_of(self, session_id: str) -> int | None:
        """How many phones of a session are reached now by all processes; None while that is not known."""
        others = self.elsewhere(session_id)
        room = self._rooms.get(session_id)
        return None if others is None else others + (0 if room is None else self._reached(room))

    def count_changed_elsewhere(self, session_id: str) -> None:
        """Another process reaches more or fewer phones: the screens here are told soon. From any thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._recount, session_id)

    def _recount(self, session_id: str) -> None:
        room = self._rooms.get(session_id)
        if room is not None:
            self._count_soon(session_id, room)

    def _tell_screens(self, room: _Followed) -> None:
        message = screen_message(room.pulse, self.phones_of(room.pulse.session_id))
        if message != room.screen_message:
            room.screen_message = message
            for screen in tuple(room.screens):
                screen.tell(message)
