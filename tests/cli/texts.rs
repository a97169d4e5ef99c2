//! Short made-up articles and tables.

/// An article with headings: a welcome, three talks, thanks.
pub const A2024: &str = "# Kommunaltag 2024 in Gera

Bürgermeisterin Petra Lohmann begrüßte am 14. März 2024 rund hundert Gäste im Rathaus von Gera.

## Wenn der Server brennt

Jonas Wirth vom Rechenzentrum Ostland sprach über Cyberangriffe auf Rathäuser. Wirth zeigte, wie ein Cyberangriff \
die Stadtkasse lahmlegt und welche Notfallpläne helfen. Notfallpläne gehören auf Papier, sagte Wirth.

## Formulare ohne Papier

Miriam Kolbe aus Jena stellte Onlineformulare für das Meldeamt vor. Die Onlineformulare sparen Papier und Wege, \
erklärte Kolbe. Das Meldeamt prüft Anträge nun am Bildschirm.

## Wer schult die Leute?

Anton Berger leitet die Verwaltungsschule in Weimar. Berger warb für Schulungen, denn ohne Schulungen bleibe jede \
Software liegen.

## Dank

Wir danken der Stadt Gera und allen Helferinnen.
";

/// The same event a year later.
pub const A2025: &str = "# Kommunaltag 2025 in Jena

Oberbürgermeister Frank Seidel eröffnete am 20. März 2025 den Kommunaltag und hieß alle willkommen.

## KI am Schalter

Laura Stein aus Erfurt führte einen Assistenten mit KI vor. Die KI beantwortet Fragen am Schalter, und KI-Lösungen \
sortieren Anträge, berichtete Stein.

## Souverän bleiben

Paul Richter vom Rechenzentrum Ostland forderte digitale Souveränität. Digitale Souveränität heißt, den Anbieter \
wechseln zu können, sagte Richter.

## Notfallpläne proben

Jonas Wirth übte mit drei Gemeinden ihre Notfallpläne. Notfallpläne ohne Übung sind Papier, so Wirth.

## Dank

Wir danken der Stadt Jena und allen Helfern.
";

/// And once more.
pub const A2026: &str = "# Kommunaltag 2026 in Suhl

Landrätin Heike Brandt begrüßte am 19. März 2026 den Kommunaltag im Kongresszentrum von Suhl.

## Drohnen über dem Forst

Nadine Vogel vom Forstamt Suhl ließ Drohnen über kranke Fichten fliegen. Die Drohnen finden Borkenkäfer früher, \
sagte Vogel.

## KI im Bauamt

Emre Kaya aus Ilmenau prüfte Bauanträge mit KI. Die KI findet fehlende Pläne, erklärte Kaya.

## Dank

Wir danken dem Landkreis.
";

/// One paragraph that says no year and has no parts.
pub const UNDATED: &str = "Bürgermeisterin Petra Lohmann sprach über den Umbau der Bücherei, und viele Gäste kamen.\n";

/// A table of five sessions of two years with two further columns.
pub const JSONL: &str = r#"{"year": 2024, "id": "gera/1", "title": "Server", "text": "Der Server brennt im Keller des Rathauses.", "lang": "de", "ort": "Gera"}
{"year": 2024, "id": "jena/1", "title": "Papier", "text": "Das Papier verschwindet aus dem Meldeamt.", "lang": "de", "ort": "Jena"}
{"year": 2025, "id": "gera/2", "title": "Schalter", "text": "Die KI sortiert Anträge im Meldeamt.", "lang": "de", "ort": "Gera"}
{"year": 2025, "id": "jena/2", "title": "Schule", "text": "Die Schule lernt mit der KI.", "lang": "de", "ort": "Jena"}
{"year": 2025, "id": "jena/3", "title": "Straße", "text": "Die Straße bekommt einen Radweg.", "lang": "de", "ort": "Jena"}
"#;

/// The same with semicolons, other column names and one text of two lines.
pub const SEMICOLONS: &str = "jahr;kennung;titel;inhalt;ort
2024;g1;Server;\"Der Server brennt;
im Keller des Rathauses.\";Gera
2024;j1;Papier;Das Papier verschwindet aus dem Meldeamt.;Jena
2025;g2;Schalter;Die KI sortiert Anträge im Meldeamt.;Gera
";

/// A theme file with a parent, a wildcard and an exclusion.
pub const THEMES: &str = r#"version = 1

[[theme]]
name = "technik"
label = { de = "Technik", en = "Technology" }

[[theme]]
name = "ki"
parent = "technik"
label = { de = "Künstliche Intelligenz", en = "Artificial intelligence" }
patterns = ["KI"]

[[theme]]
name = "cyber"
parent = "technik"
label = { de = "Cyber", en = "Cyber" }
patterns = ["cyber*"]

[[theme]]
name = "vorsorge"
label = { de = "Vorsorge", en = "Precaution" }
patterns = ["notfallpläne", "papier"]
exclude = ["sind Papier"]
"#;
