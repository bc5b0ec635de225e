"""A page with every kind of element the product may use, to look at Streamlit's own words, colours and policy."""

import io
import time

import altair as alt
import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from PIL import Image

from workshop.ui.frame.look import ENVIRONMENT_LOOK, koppelvlak_template

st.set_page_config(page_title="Keuken", layout="wide")

HELLO = st.components.v2.component(
    "kitchen_hello",
    html="<button type='button' id='hello' data-own>Zeg hallo</button><p id='heard' data-own></p>",
    css="button { color: var(--st-text-color);\n min-height: 44px; }",
    js="""
export default function ({ data, parentElement, setTriggerValue }) {
  parentElement.querySelector("#heard").textContent = data.heard;
  parentElement.querySelector("#hello").onclick = () => setTriggerValue("said", Date.now());
}
""",
)


@st.dialog("Weet je het zeker?")
def sure() -> None:
    st.text("Dit kun je niet ongedaan maken.")
    st.button("Ja, wissen")


table = pd.DataFrame({"Groep": ["Bewoners", "Politie"], "Stemmen": [12, 7]})
with st.sidebar:
    st.title("Zijkant", anchor=False)
    st.radio("Onderdeel", ["Eén", "Twee"])
st.title("Keuken", anchor=False)
st.header("Kop twee", anchor=False)
st.caption("Bijschrift in het grijs")
st.text("Upload Search Running... is mensentekst")
clicks = st.session_state.setdefault("clicks", 0)
if st.button("Tel op", help="Telt één op", type="primary"):
    st.session_state.clicks += 1
st.text(f"Teller {st.session_state.clicks}")
if st.button("Traag"):
    time.sleep(4)
if st.button("Dialoog"):
    sure()
if st.button("Maak stuk"):
    raise RuntimeError("geheim: 111222333")
said = HELLO(
    key="hello",
    data={"heard": "gehoord" if st.session_state.get("said") else ""},
    on_said_change=lambda: st.session_state.update(said=True),
)
with st.form("formulier"):
    st.text_input("Naam van de wijk", help="Zoals mensen die noemen", placeholder="Bijvoorbeeld Molenwijk")
    st.text_area("Uitleg", max_chars=200)
    st.form_submit_button("Bewaar")
if not st.checkbox("Wachtwoord gekozen"):
    st.html('<p id="fout-wachtwoord" role="alert" data-error-for="Wachtwoord">Kies een wachtwoord.</p>')
st.text_input("Wachtwoord", type="password")
st.number_input("Aantal", 0, 10)
st.selectbox("Gemeente", ["Baarn", "Assen"], index=None, placeholder="Kies een gemeente")
st.multiselect("Groepen", ["Bewoners", "Politie"], placeholder="Kies groepen")
st.date_input("Datum")
st.time_input("Tijd")
st.slider("Schuif", 0, 10)
st.select_slider("Schaal", ["laag", "midden", "hoog"])
st.checkbox("Vink")
st.toggle("Schakel")
st.pills("Pillen", ["a", "b"])
st.segmented_control("Stukken", ["a", "b"])
st.feedback("stars")
st.file_uploader("Bestand", type=["csv"])
st.success("Bewaard")
st.error("Vul een naam in")
st.warning("Let op")
st.info("Weet je dit")
st.metric("Stemmen", 24)
st.progress(0.4)
with st.expander("Meer"):
    st.text("Meer tekst")
tab_a, tab_b = st.tabs(["Eerste", "Tweede"])
tab_a.dataframe(table, hide_index=True, alt="Stemmen per groep")
tab_b.table(table.set_index("Groep"))
st.data_editor(table, hide_index=True, num_rows="dynamic", key="editor")
st.download_button("Download de tabel", table.to_csv(index=False), "tabel.csv", "text/csv")
figure = go.Figure(layout={"template": koppelvlak_template(False, False)})
WORDS = ("sociaal", "fysiek", "institutioneel", "crimineel")
for look, word, n in zip(ENVIRONMENT_LOOK.values(), WORDS, (5, 3, 4, 2), strict=True):
    figure.add_bar(
        x=[n], y=[word], orientation="h", text=[n], marker={"color": look.light, "pattern": {"shape": look.pattern}}
    )
st.plotly_chart(figure, theme=None, config={"displayModeBar": False}, alt="Vier omgevingen met aantallen.")
st.altair_chart(alt.Chart(table).mark_bar().encode(x="Stemmen", y="Groep"), alt="Twee groepen met aantallen.")
buffer = io.BytesIO()

Image.new("RGB", (40, 20), "#154273").save(buffer, "PNG")
st.image(buffer.getvalue(), alt="Een blauw vlak.")
st.link_button("Naar de uitleg", "/uitleg")
