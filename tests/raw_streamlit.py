"""A browser tab at its barest: Streamlit's own protocol over a WebSocket, with whatever cookie and session id one likes.

What an attacker would write in an evening (assurance, appendix A2). Bound to the protobuf messages of the Streamlit in use.
"""

from __future__ import annotations

from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect


class RawTab:
    """One connection; ``session_id`` of another tab asks the server to go on with that tab's session."""

    def __init__(self, address: str, *, cookie: str = "", session_id: str = "") -> None:
        headers = {"Origin": f"http://{address}"}
        if cookie:
            headers["Cookie"] = cookie
        wanted = ["streamlit", "x", *([session_id] if session_id else [])]
        self.address, self.session_id = address, ""
        self.buttons: dict[str, str] = {}
        self._connected = connect(
            f"ws://{address}/_stcore/stream", subprotocols=wanted, additional_headers=headers,
            max_size=None, proxy=None, compression=None,
        )  # type: ignore[arg-type]  # fmt: skip
        self._line: ClientConnection = self._connected.__enter__()

    def open(self, page: str = "", query: str = "", *, press: str = "") -> str:
        """Run a page, with a button pressed by its widget id; returns every text of every message that came back."""
        asked = BackMsg()
        run = asked.rerun_script
        run.query_string, run.page_name = query, page
        run.context_info.url = f"http://{self.address}/{page}?{query}"
        if press:
            state = run.widget_states.widgets.add()
            state.id, state.trigger_value = press, True
        self._line.send(asked.SerializeToString())
        return self._until_finished()

    def _until_finished(self) -> str:
        """Messages until no run is left: one that sends elsewhere is followed by another one."""
        told: list[str] = []
        while True:
            raw = self._line.recv(timeout=60)
            assert isinstance(raw, bytes)
            message = ForwardMsg()
            message.ParseFromString(raw)
            kind = message.WhichOneof("type")
            told.append(str(message))
            if kind == "new_session":
                self.session_id = message.new_session.initialize.session_id
            elif kind == "delta" and message.delta.new_element.WhichOneof("type") == "button":
                button = message.delta.new_element.button
                self.buttons[button.label] = button.id
            elif kind == "script_finished" and not _goes_on(message):
                return "\n".join(told)

    def close(self) -> None:
        self._line.close()

    def __enter__(self) -> RawTab:
        return self

    def __exit__(self, *_what: Any) -> None:
        self.close()


def _goes_on(message: ForwardMsg) -> bool:
    return message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
