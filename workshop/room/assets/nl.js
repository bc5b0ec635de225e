/* Streamlit has no language setting: its own words are replaced here (WCAG 3.1.2).
   Keys outside a field rerun (r) or clear the cache (c): stopped here (2.1.4). */
(() => {
const d = document, root = d.documentElement, nl = root.lang === "nl";
const W = nl ? new Map(`Page not found|Pagina niet gevonden
Skip to main content|Naar de inhoud
Running...|Bezig…
Stopping...|Stopt…
Stop|Stop
Connecting|Verbinden…
Connecting to Streamlit server|Verbinden met de server
Connection error|Geen verbinding
Connection lost. Please wait for the app to reconnect, then try again.|Geen verbinding. Wacht even en probeer het opnieuw.
Streamlit server is not responding. Are you connected to the internet?|De server antwoordt niet. Heb je nog verbinding?
Unable to connect to Streamlit server|Geen verbinding met de server
Reconnected to server.|Weer verbonden.
Network issue|Geen verbinding
Network error|Geen verbinding
Please wait...|Even wachten…
Loading...|Laden…
Main menu|Menu
Rerun|Opnieuw laden
Always rerun|Altijd opnieuw laden
Print|Afdrukken
Settings|Instellingen
Clear cache|Geheugen legen
App pages|Pagina’s
Sidebar|Zijbalk
Expand sidebar|Zijbalk openen
Collapse sidebar|Zijbalk sluiten
Navigate to home page|Naar het begin
View less|Minder
Close|Sluiten
Dismiss|Sluiten
Cancel|Stoppen
Done|Klaar
Retry|Opnieuw
Try again|Opnieuw proberen
Copy|Kopieer
Copied|Gekopieerd
Copied!|Gekopieerd
Copy to clipboard|Kopieer
Link to heading|Link naar deze kop
Help|Uitleg
Select...|Kies…
Select all|Alles kiezen
Add...|Voeg toe…
No results|Niets gevonden
No options|Geen keuzes
No options to select.|Geen keuzes
Choose an option|Kies
Choose options|Kies
Open|Openen
Clear all|Alles wissen
Clear value|Wissen
Clear selection|Keuze wissen
Selected values|Gekozen
Multiselect options|Keuzes
Selectbox options|Keuzes
Increment|Meer
Decrement|Minder
Show password|Wachtwoord tonen
Hide password|Wachtwoord verbergen
Show password text|Wachtwoord tonen
Hide password text|Wachtwoord verbergen
This field is required.|Vul dit in.
Invalid input.|Dit klopt niet.
Invalid value.|Dit klopt niet.
Upload|Kies bestand
File Uploader|Bestand kiezen
file upload|bestand kiezen
Add files|Meer bestanden
Drag and drop a file here|Sleep een bestand hierheen
Drag and drop file here|Sleep een bestand hierheen
Drag and drop files here|Sleep bestanden hierheen
Browse files|Kies bestand
Choose date|Kies een datum
Choose date range|Kies een periode
Clear date|Datum wissen
Calendar|Kalender
Feedback rating|Waardering
Fullscreen|Volledig scherm
Close fullscreen|Volledig scherm sluiten
Search|Zoeken
Type to search|Zoek
Close Search|Zoeken sluiten
Next Result|Volgende
Previous Result|Vorige
Show data|Toon tabel
Show chart|Toon grafiek
Show/hide columns|Kolommen
Download as CSV|Download CSV
Download as PNG|Download PNG
Copy Vega-Lite spec|Kopieer grafiek
Download failed|Downloaden mislukt
Add row|Rij erbij
Delete row(s)|Rij weg
Sort ascending|Oplopend
Sort descending|Aflopend
Autosize|Passend maken
Pin column|Kolom vastzetten
Unpin column|Kolom losmaken
Hide column|Kolom verbergen
Scrollable table|Tabel
Toolbar action|Knop
Scroll tabs left|Tabs naar links
Scroll tabs right|Tabs naar rechts
Next month|Volgende maand
Previous month|Vorige maand
Use arrow keys to navigate dates. Enter to select. Escape to close.|Kies met de pijltjes. Enter kiest, Escape sluit.
Error:|Fout:
add icon|toevoegen
Statistics|Cijfers
Copy column name|Kopieer kolomnaam
Dataframe column menu|Kolommenu
text|tekst
progress|voortgang
Empty|leeg
empty|leeg`.split("\n").map(l => l.split("|"))) : new Map();
const R = nl ? [[/^Shortcut (.+)$/, "Toets $1"], [/^.*Running the app's main page\.$/, "Deze pagina is er niet, of je hebt er geen toegang toe."], [/^Press (Enter|⌘\+Enter|Ctrl\+Enter) to submit form$/, "$1 verstuurt"], [/^Press (.+) to apply$/, "$1 bevestigt"],
[/^Help for (.*)$/, "Uitleg bij $1"], [/^(?:Limit )?(\d+(?:\.\d+)?) ?([KMG]B) per file(?: • (.+))?$/, "Tot $1 $2 per bestand $3"],
[/^(\d+) more$/, "Nog $1"], [/^View (\d+) more$/, "Nog $1"], [/^Remove (.+)$/, "$1 weghalen"], [/^(.+) files are not allowed\.$/, "$1 kan hier niet."],
[/^File must be (.+) or smaller\.$/, "Kies een bestand tot $1."], [/^(\d) out of 5 stars$/, "$1 van 5 sterren"], [/^(\d+) options? available\.$/, "$1 keuzes"], [/^Choose date, /, "Kies een datum, "], [/^AxiosError.*$/, "Het bestand kwam niet aan. Probeer het opnieuw."], [/^day, /, "dag, "], [/^month, /, "maand, "], [/^year, /, "jaar, "], [/^hour, /, "uur, "], [/^minute, /, "minuut, "],
[/^(\d+) – [A-Z][a-z]+$/, (_, x) => x + " – " + new Date(2000, x - 1).toLocaleDateString("nl", { month: "long" })],
[/^X-axis titled '(.*?)'.*$/, "Horizontale as: $1"], [/^Y-axis titled '(.*?)'.*$/, "Verticale as: $1"], [/^Selected Date: (.*)$/, (_, x) => "Gekozen datum: " + new Date(x).toLocaleDateString("nl", { dateStyle: "long" })]] : [];
/* The calendar follows the browser, which may be set to another language than the page. */
if (nl) for (const [k, v] of [["language", "nl-NL"], ["languages", ["nl-NL", "nl"]]]) Object.defineProperty(navigator, k, { get: () => v });
const A = ["aria-valuetext", "aria-label", "title", "placeholder", "alt", "aria-description", "aria-roledescription"];
const say = s => {
  const t = s && s.trim(); if (!t) return;
  if (W.has(t)) return W.get(t);
  for (const [from, to] of R) if (from.test(t)) return t.replace(from, to).trim();
  const i = t.indexOf(": "), h = i > 0 && W.get(t.slice(0, i));
  if (h) return h + t.slice(i);
};
/* What people wrote, and our own components, stays as it is. */
const own = e => e.closest("[data-testid=stText],[data-testid=stMarkdownContainer],[data-own],textarea") && !e.closest("[data-testid=stFileUploaderDropzone],[data-testid=stStatusWidget],[data-testid=InputInstructions]");
const text = n => { if (n.parentElement && own(n.parentElement)) return; const s = say(n.data); if (s && s !== n.data) n.data = s; };
const element = e => {
  for (const a of A) { const v = e.getAttribute(a), s = v && say(v); if (s && s !== v) e.setAttribute(a, s); }
};
/* <p id="…" data-error-for="label of the field">: the field says that it is wrong, and why, as long as that stands there (3.3.1). */
const wrong = () => {
  const marks = new Map([...d.querySelectorAll("[data-error-for]")].map(m => [m.dataset.errorFor, m.id ||= "fout-" + m.dataset.errorFor.replace(/\W/g, "")]));
  if (marks.size || d.querySelector("[data-wrong]")) for (const f of d.querySelectorAll("input,textarea,[role=combobox]")) {
    const id = marks.get(f.getAttribute("aria-label"));
    if (id) { f.dataset.wrong = 1; f.setAttribute("aria-invalid", "true"); f.setAttribute("aria-describedby", id); }
    else if (f.dataset.wrong) { delete f.dataset.wrong; f.removeAttribute("aria-invalid"); f.removeAttribute("aria-describedby"); }
  }
};
const walk = n => {
  if (n.nodeType === 3) return text(n);
  if (n.nodeType !== 1) return;
  element(n);
  const w = d.createTreeWalker(n, 5);
  while (w.nextNode()) w.currentNode.nodeType === 3 ? text(w.currentNode) : element(w.currentNode);
};
new MutationObserver(l => { for (const m of l) m.type === "childList" ? m.addedNodes.forEach(walk) : m.type === "attributes" ? element(m.target) : text(m.target); wrong(); })
  .observe(root, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: A });
walk(d.body);
addEventListener("keydown", e => {
  const t = e.composedPath()[0];
  if (e.key.length === 1 && !e.ctrlKey && !e.metaKey && !e.altKey && !(t.closest && t.closest("input,textarea,select,[contenteditable],[role=listbox],[role=menu],[role=grid]")) && e.key !== " " && /[a-z]/i.test(e.key)) e.stopImmediatePropagation();
}, true);
})();
