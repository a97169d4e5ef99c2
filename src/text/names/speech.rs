//! Who speaks: a named person is a speaker of a session if the session lets them speak.

use super::{Block, Mention, People, word};
use crate::corpus::Span;
use crate::text::word_set::WordSet;

/// Verbs of speaking, showing and taking part, in the forms that reports use, lower case.
pub(super) static REPORTING: WordSet = WordSet::new(&[
    "sagte",
    "sagt",
    "betonte",
    "betont",
    "erklärte",
    "erklärt",
    "erläuterte",
    "erläutert",
    "berichtete",
    "berichteten",
    "berichtet",
    "berichten",
    "zeigte",
    "zeigten",
    "zeigt",
    "schilderte",
    "schildert",
    "schilderten",
    "stellte",
    "stellten",
    "stellt",
    "präsentierte",
    "präsentierten",
    "präsentiert",
    "forderte",
    "forderten",
    "fordert",
    "warnte",
    "warnt",
    "warb",
    "plädierte",
    "plädierten",
    "plädiert",
    "empfahl",
    "empfiehlt",
    "riet",
    "meinte",
    "erzählte",
    "erzählt",
    "beschrieb",
    "beschrieben",
    "verwies",
    "unterstrich",
    "verdeutlichte",
    "skizzierte",
    "skizzierten",
    "beleuchtete",
    "referierte",
    "sprach",
    "sprachen",
    "führte",
    "führten",
    "eröffnete",
    "gab",
    "gaben",
    "gewährte",
    "hielt",
    "nahm",
    "brachte",
    "fasste",
    "ergänzte",
    "ergänzten",
    "widersprach",
    "entgegnete",
    "argumentierte",
    "diskutierte",
    "diskutierten",
    "rechnete",
    "nannte",
    "verteidigte",
    "widmete",
    "widmeten",
    "ging",
    "ließ",
    "legte",
    "legten",
    "moderierte",
    "appellierte",
    "kritisierte",
    "lobte",
    "setzt",
    "setzte",
    "fand",
    "wollte",
    "testet",
    "prüfte",
    "leitete",
    "machte",
    "machten",
    "said",
    "says",
    "explained",
    "explains",
    "showed",
    "shows",
    "presented",
    "presents",
    "argued",
    "argues",
    "described",
    "describes",
    "reported",
    "told",
    "asked",
    "warned",
    "urged",
    "pointed",
    "added",
    "stressed",
    "noted",
    "demonstrated",
    "introduced",
    "outlined",
    "discussed",
    "talked",
    "spoke",
    "gave",
    "led",
    "recommended",
    "suggested",
    "proposed",
    "recalled",
    "admitted",
    "confessed",
    "disagreed",
    "replied",
    "offered",
    "compared",
    "walked",
    "opened",
    "called",
    "made",
    "played",
    "took",
    "brought",
    "prefers",
    "wanted",
    "found",
    "insisted",
    "summed",
    "concluded",
    "shared",
    "highlighted",
    "remarked",
]);
/// Words right before a name that show that somebody else acts.
const NOT_ACTING: &[&str] = &[
    "für",
    "statt",
    "anstatt",
    "anstelle",
    "nach",
    "gegen",
    "an",
    "über",
    "wegen",
    "trotz",
    "zu",
    "auf",
    "durch",
    "des",
    "ohne",
    "for",
    "of",
    "by",
    "to",
    "about",
    "after",
    "from",
    "like",
    "against",
    "named",
    "than",
    "quoted",
    "quoting",
    "zitierte",
    "zitiert",
    "replacing",
    "instead",
    "on",
    "als",
    "under",
    "wie",
    "verhinderte",
    "verhinderten",
    "erkrankte",
    "erkrankten",
    "replaced",
    "replaces",
    "honouring",
    "honoring",
    "remembering",
    "ersetzte",
    "vertrat",
    "dankte",
    "thanked",
    "announced",
    "angekündigt",
    "verstorbene",
    "verstorbenen",
    "gestorbene",
    "gestorbenen",
    "verstorbener",
    "namens",
];
/// What makes `von` and `by` speak for the person: a talk or a leading role before it.
const TALK_WORDS: &[&str] = &[
    "beitrag",
    "vortrag",
    "leitung",
    "workshop",
    "impuls",
    "impulsvortrag",
    "präsentation",
    "keynote",
    "führung",
    "session",
    "referat",
    "auftritt",
    "turn",
    "joined",
    "bühne",
    "stage",
    "floor",
    "wort",
    "stimme",
    "erfahrungen",
    "einblick",
    "einblicke",
    "organisiert",
    "geleitet",
    "gehalten",
    "moderiert",
    "vorgestellt",
    "präsentiert",
    "gestaltet",
    "begleitet",
    "talk",
    "lecture",
    "presentation",
    "led",
    "presented",
    "given",
    "hosted",
    "organised",
    "organized",
    "run",
    "delivered",
    "worten",
    "input",
    "panel",
    "held",
    "duo",
    "team",
    "eröffnet",
    "präsentierte",
];
/// What leads a round of others: its leader is no speaker where there are others.
const LEADING: &[&str] = &[
    "leitung",
    "chair",
    "moderator",
    "moderatorin",
    "moderators",
    "moderierte",
    "leitete",
    "chairs",
    "geleitet",
    "moderiert",
    "moderation",
    "led",
    "chaired",
    "chairmanship",
    "moderated",
    "hosted",
    "gesprächsleitung",
];
/// Roles of people whom a report quotes rather than hears.
const QUOTED_ROLES: &[&str] = &[
    "dichter",
    "schriftsteller",
    "autor",
    "philosoph",
    "minister",
    "dichterin",
    "schriftstellerin",
    "autorin",
    "ministerin",
    "komponist",
    "maler",
    "kanzler",
    "kanzlerin",
    "senator",
    "papst",
    "reformpädagoge",
    "gründer",
    "gründerin",
    "erfinder",
    "poet",
    "novelist",
    "author",
    "writer",
    "philosopher",
    "composer",
    "painter",
    "deputy",
    "president",
    "pope",
    "founder",
    "inventor",
    "late",
    "essayist",
    "historian",
    "lyriker",
    "lyrikerin",
    "verkehrsminister",
    "landesministerin",
    "landesminister",
    "abgeordnete",
    "abgeordneter",
    "abgeordneten",
    "landtagsabgeordnete",
    "landtagsabgeordneter",
    "landtagsabgeordneten",
    "bundestagsabgeordnete",
    "bundestagsabgeordneter",
    "mdb",
    "mdl",
    "msp",
    "mp",
    "congressman",
    "congresswoman",
];
/// Signs that somebody did not come.
const ABSENT: &[&str] = &[
    "erkrankt",
    "erkrankte",
    "erkrankten",
    "krank",
    "grippe",
    "fieber",
    "verhindert",
    "verhinderte",
    "verhinderten",
    "ausgefallen",
    "krankheitsbedingt",
    "absagen",
    "abgesagt",
    "sick",
    "ill",
    "flu",
    "fever",
    "cancelled",
    "canceled",
    "unable",
    "absent",
    "positive",
    "stranded",
    "ursprünglich",
    "eigentlich",
    "originally",
    "missed",
    "programm",
];

/// Whether `word` right before a name lets the person act: a verb of speaking, `so`, `laut`.
/// Other words that stand before somebody who speaks.
pub(super) static ANNOUNCING: WordSet = WordSet::new(&["so", "laut"]);

pub(super) fn announces(word: &str) -> bool {
    is_reporting(word) || ANNOUNCING.contains_any_case(word)
}

pub(super) fn is_reporting(word: &str) -> bool {
    REPORTING.contains_any_case(word)
}

/// Names of those who speak in a session, in order of first full mention.
///
/// `body` are the indices of the session's blocks below its title. Somebody named at least twice takes part, unless
/// every mention is about them and none by them. Somebody named once speaks if nothing before the name hands the
/// action to another, they were not said to be absent, and they stand in the first paragraph or next to a verb of
/// speaking.
#[must_use]
pub fn speakers(text: &str, blocks: &[Block], people: &People, title: Option<usize>, body: &[usize]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::new();
    // A session's blocks follow one another.
    let (Some(&start), Some(&end)) = (body.first(), body.last()) else { return Vec::new() };
    let inside: Vec<&Mention> = people.in_blocks(start..end + 1).iter().collect();
    for mention in inside.iter().filter(|m| m.full) {
        if !order.contains(&mention.person) {
            order.push(mention.person);
        }
    }
    let Some(&first_block) = body.first() else { return Vec::new() };
    let in_title = |person: usize| people.mentions.iter().any(|m| Some(m.block) == title && m.person == person);
    let crowded = order.len() > 2;
    let mut speaking = order.clone();
    speaking.retain(|&person| {
        let own: Vec<&Mention> = inside.iter().copied().filter(|m| m.person == person).collect();
        let first = own.iter().find(|m| m.full).expect("listed by a full mention");
        let context = Context::of(text, &blocks[first.block], first);
        let others: Vec<Context> =
            own.iter().filter(|m| m.span != first.span).map(|m| Context::of(text, &blocks[m.block], m)).collect();
        let leads = context.leads
            || people
                .mentions
                .iter()
                .any(|m| Some(m.block) == title && m.person == person && led_by(text, &blocks[m.block], m));
        if leads && crowded && !context.tells {
            return false;
        }
        if own.len() >= 2 {
            let never_came = context.absent && others.iter().all(|c| c.absent);
            return others.iter().any(|c| c.acts) || !(context.passive || never_came);
        }
        let near = first.block == first_block || context.subject;
        !context.passive && !context.absent && (context.reports || in_title(person) || (near && !context.late))
    });
    // Names joined by `und` speak together.
    let partners: Vec<usize> = inside
        .iter()
        .filter(|m| m.full && !speaking.contains(&m.person))
        .filter(|m| {
            let beside = |o: &&&Mention| o.full && o.block == m.block && speaking.contains(&o.person);
            inside
                .iter()
                .filter(beside)
                .any(|o| super::joined(text, &blocks[m.block], (o.token, o.n_tokens), (m.token, m.n_tokens)))
        })
        .map(|m| m.person)
        .collect();
    order.retain(|p| speaking.contains(p) || partners.contains(p));
    order
}

/// What stands around a mention.
struct Context {
    /// The words before hand the action to somebody else.
    passive: bool,
    /// Its sentence or the next says that somebody did not come.
    absent: bool,
    /// A verb of speaking stands in its sentence.
    reports: bool,
    /// The mention itself acts: first in its sentence, next to a verb of speaking, or before another verb.
    acts: bool,
    /// It is the subject of its sentence, by its place, or its opinion is told.
    subject: bool,
    /// The person leads the talk of others.
    leads: bool,
    /// Its sentence goes on with what is said.
    tells: bool,
    /// It stands in a relative clause or behind the first two sentences of its block.
    late: bool,
}

impl Context {
    fn of(text: &str, block: &Block, mention: &Mention) -> Self {
        let tokens = &block.tokens;
        let lower = |k: usize| word(text, &tokens[k]).to_lowercase();
        let sentence = tokens[mention.token].sentence;
        // A sentence as long as a page says nothing about one name in it.
        const WINDOW: usize = 120;
        let here = |&k: &usize| tokens[k].sentence == sentence;
        let start = (0..=mention.token).rev().take(WINDOW).take_while(here).last().unwrap_or(0);
        let within: Vec<String> = (start..tokens.len()).take(2 * WINDOW).take_while(here).map(lower).collect();
        let behind = (mention.token..tokens.len()).take(2 * WINDOW).skip_while(here);
        let next: Vec<String> = behind.take_while(|&k| tokens[k].sentence == sentence + 1).map(lower).collect();
        // Step back over titles, roles and the other names of a list to the word that governs the name.
        let mut k = mention.token;
        let mut quoted = false;
        let mut owned = false;
        while k > start {
            let before = lower(k - 1);
            let capital = word(text, &tokens[k - 1]).starts_with(char::is_uppercase);
            quoted |= QUOTED_ROLES.contains(&before.as_str());
            let skippable = matches!(
                before.as_str(),
                "." | "der"
                    | "die"
                    | "den"
                    | "dem"
                    | "das"
                    | "the"
                    | "ihr"
                    | "ihre"
                    | "ihrer"
                    | "sein"
                    | "seine"
                    | "seiner"
                    | "her"
                    | "his"
                    | "their"
                    | "kurzfristig"
                    | "colleague"
                    | "damalige"
                    | "dr"
                    | "prof"
            );
            // English roles are lower case and follow an article: `the poet Osip Lerner`.
            let role = k >= start + 2
                && matches!(lower(k - 2).as_str(), "the" | "her" | "his" | "their" | "a" | "an" | "late" | "colleague");
            if !(skippable || capital && k - 1 > start || role && !NOT_ACTING.contains(&before.as_str())) {
                break;
            }
            // `das Gesetz der Abgeordneten X`: what X is named for is another's or another time's.
            let noun =
                (k >= start + 2).then(|| word(text, &tokens[k - 2])).filter(|w| w.starts_with(char::is_uppercase));
            if k < mention.token
                && matches!(before.as_str(), "der" | "des")
                && noun.is_some_and(|w| !TALK_WORDS.contains(&w.to_lowercase().as_str()))
            {
                owned = true;
                break;
            }
            k -= 1;
        }
        let governor = if k > start { lower(k - 1) } else { String::new() };
        let talk_before = (start..k).rev().take(6).any(|p| {
            let w = lower(p);
            TALK_WORDS.iter().any(|t| w == *t || w.ends_with(t) && t.len() > 5)
        });
        let by = matches!(governor.as_str(), "von" | "by" | "vom" | "of" | "unter" | "under");
        // `Für X liegt der Schlüssel in …`: X thinks so.
        let opinion = k == start + 1 && matches!(governor.as_str(), "für" | "for" | "nach");
        let passive =
            quoted || owned || if by { !talk_before } else { NOT_ACTING.contains(&governor.as_str()) && !opinion };
        let end = mention.token + mention.n_tokens;
        let around =
            (start..k).rev().take(4).filter(|_| by).chain(k..mention.token).chain(end..(end + 6).min(tokens.len()));
        let hands_on = within.iter().any(|w| {
            ["workshop", "werkstatt", "tutorial", "kurs", "exkursion", "führung", "training"]
                .iter()
                .any(|h| w.ends_with(h))
        });
        // `X stellte die Fragen`, `X put the question to three people`.
        let asks = (end..(end + 5).min(tokens.len()))
            .any(|p| matches!(lower(p).as_str(), "fragen" | "question" | "questions"))
            && (end..(end + 3).min(tokens.len()))
                .any(|p| matches!(lower(p).as_str(), "stellte" | "put" | "asked" | "kept"));
        let leads = !hands_on
            && (asks
                || around.filter(|&p| tokens[p].sentence == sentence).any(|p| LEADING.contains(&lower(p).as_str()))
                || (k > start && LEADING.contains(&lower(k - 1).as_str())));
        let has = |words: &[String], list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
        let pair = |a: &str, b: &str| within.windows(2).any(|w| w[0] == a && w[1] == b);
        let expected = pair("should", "have")
            || pair("been", "due")
            || pair("was", "due")
            || (within.iter().any(|w| w == "hätte") && within.iter().any(|w| w == "sollen"));
        let steps_in = has(
            &within,
            &[
                "sprang",
                "übernahm",
                "einsprang",
                "vertrat",
                "stood",
                "agreed",
                "stepped",
                "kurzerhand",
                "eingesprungen",
                "filled",
            ],
        );
        let absent = (expected
            || has(&within, ABSENT)
            || (has(&next, ABSENT)
                && next.first().is_some_and(|w| {
                    matches!(w.as_str(), "er" | "sie" | "he" | "she" | "his" | "her" | "doch" | "but" | "who")
                })))
            && !(steps_in && k == start);
        let verb_after = tokens.get(end).is_some_and(|t| is_reporting(word(text, t)));
        let verb_before = mention.token > start
            && (is_reporting(&lower(mention.token - 1)) || matches!(lower(mention.token - 1).as_str(), "so" | "laut"));
        let name = mention.span.of(text);
        let genitive = !mention.full && (name.ends_with("'s") || name.ends_with("’s"));
        let some_verb_after = tokens.get(end).is_some_and(|t| {
            let w = word(text, t);
            w.starts_with(char::is_lowercase)
                && w.len() > 3
                && (w.ends_with("ed")
                    || w.ends_with('s')
                    || w.ends_with('t')
                    || w.ends_with("te")
                    || w.ends_with("ten"))
        });
        let apposition = tokens.get(end).is_some_and(|t| word(text, t) == ",");
        let relative_after = tokens.get(end).is_some_and(|t| word(text, t) == ",")
            && (end + 1..(end + 4).min(tokens.len()))
                .any(|p| matches!(lower(p).as_str(), "dessen" | "deren" | "whose"));
        Self {
            passive: passive || relative_after,
            absent,
            reports: has(&within, REPORTING.list()) || has(&within, &["podium", "panel", "bühne", "stage"]),
            acts: !genitive
                && (k == start
                    || verb_after
                    || verb_before
                    || starts_sentence(text, mention.span)
                    || (!mention.full && !passive && some_verb_after)),
            subject: opinion || (mention.token == start && (some_verb_after || (mention.full && apposition))),
            tells: (end..tokens.len()).take_while(|&p| tokens[p].sentence == sentence).any(|p| lower(p) == ":"),
            leads,
            late: sentence.saturating_sub(tokens.first().map_or(0, |t| t.sentence)) > 2,
        }
    }
}

/// Whether a title names somebody as the leader of a round: `Leitung: X`, `Chair: X`.
fn led_by(text: &str, block: &Block, mention: &Mention) -> bool {
    let before = |k: usize| {
        mention.token.checked_sub(k).map(|p| word(text, &block.tokens[p]).to_lowercase()).unwrap_or_default()
    };
    before(1) == ":" && LEADING.contains(&before(2).as_str())
}

fn starts_sentence(text: &str, span: Span) -> bool {
    let before = text[..span.start].trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', '“', '\n'])
}
