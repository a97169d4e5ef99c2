//! German verbs: the infinitive of a form.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::lexicon::is_word;

/// Strong and irregular verbs: infinitive, preterite and participle; forms of the present are those of any verb.
const STRONG: &str = "gehen ging gegangen|stehen stand gestanden|sprechen sprach gesprochen|schreiben schrieb geschrieben|\
    geben gab gegeben|nehmen nahm genommen|kommen kam gekommen|sehen sah gesehen|lesen las gelesen|finden fand gefunden|\
    halten hielt gehalten|lassen ließ gelassen|laufen lief gelaufen|fahren fuhr gefahren|tragen trug getragen|\
    schlagen schlug geschlagen|wachsen wuchs gewachsen|fallen fiel gefallen|rufen rief gerufen|bleiben blieb geblieben|\
    steigen stieg gestiegen|treiben trieb getrieben|zeigen zeigte gezeigt|bringen brachte gebracht|denken dachte gedacht|\
    kennen kannte gekannt|nennen nannte genannt|treffen traf getroffen|helfen half geholfen|gelten galt gegolten|\
    werben warb geworben|ziehen zog gezogen|bieten bot geboten|verlieren verlor verloren|fließen floss geflossen|\
    schließen schloss geschlossen|entscheiden entschied entschieden|beginnen begann begonnen|gewinnen gewann gewonnen|\
    singen sang gesungen|trinken trank getrunken|sinken sank gesunken|springen sprang gesprungen|essen aß gegessen|\
    sitzen saß gesessen|liegen lag gelegen|bitten bat gebeten|treten trat getreten|vergessen vergaß vergessen|\
    verstehen verstand verstanden|entstehen entstand entstanden|bestehen bestand bestanden|erhalten erhielt erhalten|\
    betreiben betrieb betrieben|verbinden verband verbunden|versprechen versprach versprochen|wissen wusste gewusst|\
    fliegen flog geflogen|biegen bog gebogen|frieren fror gefroren|schieben schob geschoben|wiegen wog gewogen|\
    lügen log gelogen|betrügen betrog betrogen|genießen genoss genossen|gießen goss gegossen|schießen schoss geschossen|\
    riechen roch gerochen|reißen riss gerissen|beißen biss gebissen|greifen griff gegriffen|pfeifen pfiff gepfiffen|\
    reiten ritt geritten|schneiden schnitt geschnitten|schreiten schritt geschritten|streichen strich gestrichen|\
    streiten stritt gestritten|leiden litt gelitten|leihen lieh geliehen|scheinen schien geschienen|schweigen schwieg geschwiegen|\
    weisen wies gewiesen|binden band gebunden|dringen drang gedrungen|gelingen gelang gelungen|klingen klang geklungen|\
    ringen rang gerungen|schwinden schwand geschwunden|schwingen schwang geschwungen|zwingen zwang gezwungen|\
    schwimmen schwamm geschwommen|spinnen spann gesponnen|brechen brach gebrochen|stechen stach gestochen|\
    sterben starb gestorben|verderben verdarb verdorben|werfen warf geworfen|stehlen stahl gestohlen|\
    befehlen befahl befohlen|empfehlen empfahl empfohlen|messen maß gemessen|fressen fraß gefressen|graben grub gegraben|\
    laden lud geladen|schaffen schuf geschaffen|waschen wusch gewaschen|backen backte gebacken|hängen hing gehangen|\
    fangen fing gefangen|raten riet geraten|braten briet gebraten|schlafen schlief geschlafen|stoßen stieß gestoßen|\
    heben hob gehoben|schmelzen schmolz geschmolzen|schwellen schwoll geschwollen|erlöschen erlosch erloschen|\
    brennen brannte gebrannt|rennen rannte gerannt|senden sandte gesandt|wenden wandte gewandt|verzeihen verzieh verziehen|\
    meiden mied gemieden|preisen pries gepriesen|lesen liest|sprechen spricht|nehmen nimmt|sehen sieht|lassen lässt|\
    laufen läuft|fahren fährt|tragen trägt|schlagen schlägt|wachsen wächst|fallen fällt|helfen hilft|werben wirbt|\
    treffen trifft|essen isst|treten tritt|vergessen vergisst|brechen bricht|sterben stirbt|werfen wirft|stehlen stiehlt|\
    messen misst|graben gräbt|waschen wäscht|fangen fängt|raten rät|schlafen schläft|stoßen stößt|empfehlen empfiehlt";

/// What stands before strong verbs: `an|gerufen`, `be|schloss`.
const PREFIXES: &[&str] = &[
    "ab", "an", "auf", "aus", "be", "bei", "durch", "ein", "emp", "ent", "er", "fort", "her", "hin", "hinter", "los",
    "miss", "mit", "nach", "statt", "teil", "um", "unter", "ver", "vor", "weg", "wider", "wieder", "zer", "zu",
    "zurück", "zusammen", "über",
];

/// The infinitive of a strong or irregular verb, with a prefix if the lexicon has it so.
pub(super) fn strong(form: &str) -> Option<String> {
    let prefixed = |prefix: &&str| {
        let rest = form.strip_prefix(*prefix)?;
        let infinitive = format!("{prefix}{}", strong_form(rest).or_else(|| strong_form(&format!("ge{rest}")))?);
        is_word(&infinitive).then_some(infinitive)
    };
    strong_form(form).map(str::to_owned).or_else(|| PREFIXES.iter().find_map(prefixed))
}

/// The infinitive of a verb of the list.
fn strong_form(form: &str) -> Option<&'static str> {
    static FORMS: LazyLock<FxHashMap<String, String>> = LazyLock::new(|| {
        let mut forms = FxHashMap::default();
        for verb in STRONG.split('|').map(|v| v.replace('ß', "ss")) {
            let mut parts = verb.split_whitespace();
            let Some(infinitive) = parts.next() else { continue };
            forms.insert(infinitive.to_owned(), infinitive.to_owned());
            for past in parts {
                for ending in ["", "en", "st", "t"] {
                    forms.entry(format!("{past}{ending}")).or_insert_with(|| infinitive.to_owned());
                }
            }
        }
        forms
    });
    FORMS.get(form).map(String::as_str)
}

const VERB_ENDINGS: &[&str] =
    &["en", "n", "e", "st", "t", "te", "ten", "test", "tet", "est", "et", "ete", "eten", "etest", "etet"];

/// The infinitive of a regular verb: one whose preterite in `-te` the lexicon has too.
pub(super) fn verb(form: &str) -> Option<String> {
    let regular = |root: &str| {
        if root.len() < 3 {
            return None;
        }
        let infinitive = ["en", "n"].iter().map(|e| format!("{root}{e}")).find(|i| is_word(i))?;
        let preterite = is_word(&format!("{root}te")) || is_word(&format!("{root}ete"));
        preterite.then_some(infinitive)
    };
    if !is_word(form) {
        return None;
    }
    let plain = VERB_ENDINGS.iter().find_map(|e| form.strip_suffix(e).and_then(regular));
    plain.or_else(|| {
        let participle = form.strip_prefix("ge")?;
        ["t", "et"].iter().find_map(|e| participle.strip_suffix(e).and_then(regular))
    })
}

#[cfg(test)]
mod tests {
    use crate::corpus::Language;
    use crate::text::{Normal, Normalizer, Rules};

    fn of(word: &str, language: Language) -> String {
        Normalizer::new(language, &[], &[], Rules::all()).normal(word).key
    }

    #[test]
    fn participles_and_adjectives_of_names_are_inflected() {
        for (a, b) in [
            ("befristeter Vertrag", "befristeten Vertrag"),
            ("integrierte Planung", "integrierter Planung"),
            ("digitalisierter Bau", "digitalisierten Bau"),
            ("Kalter Krieg", "Kalten Krieges"),
            ("Deutsche Bahn", "Deutschen Bahn"),
            ("angerufen", "anrufen"),
            ("beschloss", "beschließen"),
            ("liest", "lesen"),
        ] {
            let key = |term: &str| {
                let normalizer = Normalizer::new(Language::De, &[], &[], Rules::all());
                let words: Vec<Normal> = term.split(' ').map(|w| normalizer.normal(w)).collect();
                normalizer.phrase(&words).key
            };
            assert_eq!(key(a), key(b), "{a}, {b}");
        }
        let keys = ["Druck-Erzeugnis", "Drucker-Zeugnis", "Stau-Becken", "Staub-Ecken"].map(|w| of(w, Language::De));
        assert!(keys[0] != keys[1] && keys[2] != keys[3], "{keys:?}");
        assert_eq!(of("Stau-Becken", Language::De), of("Staubecken", Language::De));
        assert_ne!(of("Wach-Stube", Language::De), of("Wachs-Tube", Language::De));
        assert_eq!(of("Gesundheits-Amt", Language::De), of("Gesundheitsamt", Language::De));
        assert_eq!(of("midwives", Language::En), of("midwife", Language::En));
        assert_eq!(of("passers-by", Language::En), of("passer-by", Language::En));
    }
}
