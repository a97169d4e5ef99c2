//! What a part of an article is: welcome, talk, farewell or thanks; and the words by which one sees it.

use std::sync::LazyLock;

use regex::Regex;

use super::split::{Article, Segment};
use crate::corpus::SessionKind;

/// What a text may say, whatever the case of its letters: a pattern in lower case, which is made several times as fast as one
/// that knows the cases of every letter itself.
struct Saying(LazyLock<Regex>);

impl Saying {
    fn is_match(&self, text: &str) -> bool {
        self.0.is_match(&text.to_lowercase())
    }
}

macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        static $name: Saying = Saying(LazyLock::new(|| Regex::new($pattern).expect("valid")));
    };
}

pattern!(
    WELCOME,
    r"\b(?:begrüß[a-zäöüß]*|willkommen[a-zäöüß]*|hieß[a-zäöüß]*|eröffne[a-zäöüß]*|eröffnung|eingeleitet|einleitung|auftakt der veranstaltung|grußwort[a-zäöüß]*|welcom[a-zäöüß]*|opened|opening|opens|kicked off|greet[a-zäöüß]*|hausherr[a-zäöüß]*)\b"
);
pattern!(
    WELCOME_TITLE,
    r"^[^0-9a-zäöüß]*(?:[a-zäöüß]+[^0-9a-zäöüß]+){0,4}?(?:begrüß[a-zäöüß]*|willkommen|eröffn[a-zäöüß]*|auftakt|einleitung|einführung|grußwort[a-zäöüß]*|welcome|opening|introduction|good morning)\b"
);
pattern!(
    LEAVE_TITLE,
    r"^[^0-9a-zäöüß]*(?:(?:ein|eine|der|die|das|zum|a|the|our|unser|und|kurzes|gemeinsames|persönliches|positives)[^0-9a-zäöüß]+)?(?:fazit|ausblick|rückblick|schlusswort[a-zäöüß]*|schluss\b|abschluss[a-zäöüß]*|resümee|verabschiedung|bilanz|zusammenfassung|farewell|closing|conclusion|outlook|wrap-?up|looking (?:back|ahead)|summary|goodbye|see you|bis zum nächsten|auf wiedersehen|that's a wrap|until next|and finally|finally|zu guter letzt|zum guten schluss|what comes next|what's next|wie geht es weiter|wie es weitergeht|was bleibt|zum schluss|zum abschluss)"
);
pattern!(
    LEAVE_TITLE_VERB,
    r"\b(?:resüm[a-zäöüß]*|verabschied[a-zäöüß]*|zog[a-zäöüß]* (?:ein[a-zäöüß]* )?(?:[a-zäöüß]+ )?bilanz|zieht (?:ein[a-zäöüß]* )?(?:[a-zäöüß]+ )?bilanz|blickt[a-zäöüß]* zurück|schlusswort[a-zäöüß]*|ausklang|goodbye|farewell|lights out|last words|closing (?:words|remarks|round)|schlussrunde|abschlussrunde|wrap(?:ped|s)? up)\b"
);
pattern!(
    LEAVE,
    r"\b(?:verabschied[a-zäöüß]*|klang[a-zäöüß]* (?:[a-zäöüß]+ ){0,4}aus|ging (?:[a-zäöüß]+ ){0,5}zu ende|zum abschluss|zum schluss|zum ausklang|abschließend[a-zäöüß]*|schlusswort[a-zäöüß]*|resümier[a-zäöüß]*|(?:nächst[a-zäöüß]*|kommend[a-zäöüß]*) (?:jahr[a-zäöüß]*|mal|treffen|tagung|forum|fachtag|konferenz|kongress|ausgabe|auflage|termin)|wiedersehen|freuen uns\b.{0,40}\bauf|brought the (?:day|event|conference|evening) to (?:an end|a close)|the next (?:meeting|edition|conference|day|forum|gathering|round)|(?:will|to) return (?:in|to|on|next)|next (?:year|edition|time|autumn|spring|summer|october|may)|sent everyone home|see you (?:again|next)|drew (?:[a-zäöüß]+ ){0,4}to a close|das letzte wort|im letzten panel|was nehmen wir mit|was bleibt|über den tag hinaus|über die veranstaltung hinaus|will be held in|wir sehen uns|vorfreude|(?:had|has) the last word|convene again|will convene|will (?:open|meet|gather) (?:again )?in|came to an end|closed (?:with the|the (?:day|event|conference|evening|meeting|forum|congress|symposium|workshop))|we closed|endete (?:die|der|das) (?:tagung|tag|kongress|forum|konferenz|veranstaltung|treffen)|closing (?:words|remarks|session|round|panel)|findet (?:[a-zäöüß]+ ){0,6}statt|vorgesehen|zog (?:ein[a-zäöüß]* )?(?:[a-zäöüß]+ )?bilanz|fazit (?:des tages|der veranstaltung|der tagung))"
);
pattern!(
    THANKS,
    r"^[^0-9a-zäöüß]*(?:(?:ein|unser|der|mein|the|our|a|and|und|zum schluss|zuletzt|finally|last but not least|herzlichen?|besonderer|großer|special|many|big|die|veranstalter[a-zäöüß]*|organisator[a-zäöüß]*|organi[sz]ers?|association|team|of|course|warm|sincere|allen?|schließlich|auch)[^0-9a-zäöüß]+){0,5}(?:dank|danke|danken|danksagung|dankesworte|thanks?|thank-you|grateful|gratitude|acknowledge?ments?|is (?:[a-zäöüß]+ )?grateful|gedankt|bedank[a-zäöüß]*|danksagung)\b"
);
pattern!(
    THANKS_EARLY,
    r"^.{0,90}?\b(?:dank (?:gilt|geht|gebührt|an)|dankt?(?:en)? (?:(?:auch|allen|der|dem|den|ihren|seinen|für)\b)|bedank[a-zäöüß]+ (?:sich|uns)|(?:is|are|was|were) (?:[a-zäöüß]+ )?grateful to|thanks? (?:go(?:es)?|to|are due|is due)|we (?:would like to )?thank|wishes? to thank|would like to thank|thanked? (?:all|the|its|our|their))\b"
);
pattern!(
    MOVES_ON,
    r"^[^0-9a-zäöüß]*(?:danach|anschließend|im anschluss|als nächst[a-zäöüß]*|den auftakt|zum auftakt|nach der (?:[a-zäöüß]*pause)|nach dem mittag[a-zäöüß]*|den letzten|den abschluss|zu zweit|weiter ging|es folgte[a-zäöüß]*|gefolgt|im zweiten|im dritten|im nächsten|im vierten|der nächste|die nächste|der zweite|der dritte|am nachmittag|am vormittag|parallel|nächst[a-zäöüß]*|schließlich|zum ende|handfest|eigentlich|ursprünglich|in (?:einem|ihrem|seinem) (?:vortrag|workshop|impuls)[a-zäöüß]*|next|then|after (?:lunch|the break|coffee)|following|first up|the (?:second|third|fourth|next|last|final) (?:talk|session|speaker|slot)|up next|in the (?:next|second|third|afternoon)|later|the afternoon|another|finally)\b"
);
pattern!(
    PANEL,
    r"\b(?:podium[a-zäöüß]*|panel[a-zäöüß]*|diskussionsrunde|gesprächsrunde|talkrunde|round ?table|debate|podiumsdiskussion|fishbowl|drei gäste|three guests)\b"
);

/// Pronouns and connectives, with the capital of the start of a sentence.
static CONTINUES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\W*(?:Er|Sie|Es|Dabei|Dafür|Damit|Daher|Dazu|Dann|Darin|Darauf|Daneben|Deshalb|Diese[rsmn]?|Dies|Dort|Hier|Hierbei|Hierzu|Ihr[er]?[nms]?|Sein[er]?[nms]?|Beide|Außerdem|Zudem|Gleichzeitig|Trotzdem|Auch|Doch|Aber|So|Und|Denn|He|She|It|They|His|Her|Their|This|That|These|Those|Both|But|And|Yet|So|Then|There|Here|Still|Also|However|Instead|For|Yet|Later|Afterwards)\b").expect("valid")
});

pub(super) fn welcomes(text: &str) -> bool {
    WELCOME.is_match(text)
}

/// Whether a text begins by pointing back: with a pronoun or a connective.
pub(super) fn continues(text: &str) -> bool {
    CONTINUES.is_match(text)
}

/// Whether a text begins by going on to the next item of a programme.
pub(super) fn moves_on(text: &str) -> bool {
    MOVES_ON.is_match(text)
}

pub(super) fn is_panel(text: &str) -> bool {
    PANEL.is_match(text)
}

/// Whether the first block of an article already is a talk.
pub(super) fn introduces_talk(article: &Article<'_>, i: usize) -> bool {
    let text = article.block_text(i);
    !welcomes(text) && moves_on(text) && !article.persons_in(i, true).is_empty()
}

/// Whether block `i` takes leave, near the end of the article.
pub(super) fn takes_leave(article: &Article<'_>, i: usize) -> bool {
    let n = article.layout.blocks.len();
    i + 4 >= n && n > 4 && LEAVE.is_match(article.block_text(i))
}

/// The block from which on the article only gives thanks.
pub(super) fn thanks_from(article: &Article<'_>) -> Option<usize> {
    let n = article.layout.blocks.len();
    let gives_thanks = |i: usize| {
        let text = article.block_text(i);
        THANKS.is_match(text) || (THANKS_EARLY.is_match(text) && !LEAVE.is_match(text))
    };
    let first = (n.saturating_sub(3).max(1)..n).find(|&i| gives_thanks(i))?;
    // What follows is thanks too, or a line or two.
    let rest_is_short = (first + 1..n).all(|i| gives_thanks(i) || article.block_text(i).chars().count() < 200);
    // A heading above (`## Dank`) belongs to it.
    let heading = first > 1
        && article.block_text(first - 1).chars().count() < 60
        && THANKS.is_match(article.block_text(first - 1));
    rest_is_short.then_some(if heading { first - 1 } else { first })
}

/// The block from which on the last part, unmarked, is a farewell.
pub(super) fn farewell_from(article: &Article<'_>, starts: &[(usize, usize)], tail: Option<usize>) -> Option<usize> {
    let end = tail.unwrap_or(article.layout.blocks.len());
    let &(start, titles) = starts.iter().rev().find(|s| s.0 < end)?;
    let title = article.block_text(start);
    if titles > 0
        && (LEAVE_TITLE.is_match(&super::blocks::clean_title(title, article.layout.blocks[start].marker))
            || LEAVE_TITLE_VERB.is_match(title))
    {
        return None;
    }
    let body = start + titles.max(1);
    let speakers =
        |range: std::ops::Range<usize>| -> Vec<usize> { range.flat_map(|i| article.persons_in(i, false)).collect() };
    let goes_on = |i: usize| {
        let before = speakers(start..i);
        let host = hosts(article, starts);
        article.persons_in(i, false).iter().any(|p| before.contains(p) && !host.contains(p))
    };
    let candidate =
        (body.max(end.saturating_sub(3))..end).find(|&i| LEAVE.is_match(article.block_text(i)) && !goes_on(i))?;
    // A caption or a talk of its own is not cut, and the talk before must keep its text.
    let known_host = hosts(article, starts).iter().any(|h| article.persons_in(candidate, false).contains(h));
    let no_speaker = article.persons_in(candidate, true).is_empty();
    (candidate > start + titles && (known_host || no_speaker)).then_some(candidate)
}

/// Those named before the first talk: hosts and organisers.
fn hosts(article: &Article<'_>, starts: &[(usize, usize)]) -> Vec<usize> {
    let end = starts.iter().map(|s| s.0).find(|&s| s > 0).unwrap_or(0);
    (0..end).flat_map(|i| article.persons_in(i, false)).collect()
}

/// Gives every part its kind.
pub(super) fn assign(article: &Article<'_>, segments: &mut [Segment], tail: Option<usize>) {
    let n = segments.len();
    if n == 1 {
        return;
    }
    let clean = |s: &Segment| {
        (s.start..s.start + s.title_blocks)
            .map(|i| super::blocks::clean_title(article.block_text(i), article.layout.blocks[i].marker))
            .collect::<Vec<_>>()
    };
    // Thanks.
    for segment in segments.iter_mut() {
        if tail.is_some_and(|t| segment.start >= t) {
            segment.kind = SessionKind::Acknowledgement;
        }
    }
    // Welcome: what stands before the first talk, unless it plainly is one.
    let first = &segments[0];
    let first_text: String = (first.start..first.end).map(|i| article.block_text(i)).collect::<Vec<_>>().join("\n");
    let talk_at_once = first.title_blocks > 0
        && first.end - first.start > 1
        && !welcomes(&first_text)
        && !article.people.mentions.is_empty()
        && speaks_first(article, first)
        && segments[1].title_blocks == first.title_blocks
        && segments[0].title_blocks == 1
        && !names_the_event(&first_text);
    if !talk_at_once {
        segments[0].kind = SessionKind::Opening;
    }
    if n > 2
        && segments[0].kind == SessionKind::Opening
        && segments[1].kind == SessionKind::Session
        && clean(&segments[1]).iter().any(|t| WELCOME_TITLE.is_match(t))
    {
        segments[1].kind = SessionKind::Opening;
    }
    // Farewell: from the end backward, as long as it is one.
    // Those who welcome and those who are thanked run the event.
    let n_blocks = article.layout.blocks.len();
    let hosts: Vec<usize> = (0..segments[1].start)
        .chain(tail.unwrap_or(n_blocks)..n_blocks)
        .flat_map(|i| article.persons_in(i, false))
        .collect();
    let first_lines: String = (0..segments[0].end).map(|i| article.block_text(i)).collect::<Vec<_>>().join(" ");
    static EVENT_YEAR: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b(?:19|20)[0-9]{2}\b").expect("valid"));
    let event_year = |title: &String| EVENT_YEAR.find(title).is_some_and(|y| first_lines.contains(y.as_str()));
    for i in (1..n).rev() {
        let segment = &segments[i];
        if segment.kind == SessionKind::Acknowledgement {
            continue;
        }
        let titles = clean(segment);
        let titled = titles.iter().any(|t| LEAVE_TITLE.is_match(t) || LEAVE_TITLE_VERB.is_match(t));
        let last_talks = segments[i + 1..].iter().all(|s| s.kind != SessionKind::Session);
        let body_leaves = (segment.start..segment.end).any(|b| LEAVE.is_match(article.block_text(b)));
        let body: Vec<usize> = (segment.start + segment.title_blocks..segment.end).collect();
        let speaking =
            crate::text::names::speakers(article.text, article.blocks, article.people, Some(segment.start), &body);
        let strangers = speaking.iter().filter(|p| !hosts.contains(p)).count();
        let untitled = segment.title_blocks == 0;
        if last_talks
            && (titled
                || (strangers == 0 && titles.iter().any(event_year))
                || (body_leaves
                    && (strangers == 0
                        || (untitled
                            && segment.end - segment.start <= 2
                            && strangers <= 1
                            && farewell_like(article, segment)))))
        {
            segments[i].kind = SessionKind::Closing;
        } else {
            break;
        }
    }
}

fn farewell_like(article: &Article<'_>, segment: &Segment) -> bool {
    (segment.start..segment.end).all(|b| LEAVE.is_match(article.block_text(b)))
}

/// Whether the first part lets a named person speak.
fn speaks_first(article: &Article<'_>, segment: &Segment) -> bool {
    let body: Vec<usize> = (segment.start + segment.title_blocks..segment.end).collect();
    !crate::text::names::speakers(article.text, article.blocks, article.people, Some(segment.start), &body).is_empty()
}

/// Whether a text tells of the event itself: a date with a year.
fn names_the_event(text: &str) -> bool {
    static DATE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b[0-9]{1,2}\.? ?(?:[A-Za-zä]{3,9}|[0-9]{1,2}\.) ?[0-9]{0,4}\b.{0,40}\b(?:statt|trafen|kamen|lud[a-zäöüß]*|took place|met|gathered|held)\b|\b(?:19|20)[0-9][0-9]\b.{0,80}\b(?:veranstalt[a-zäöüß]*|teilnehm[a-zäöüß]*|gäste|guests|participants|attendees|took place|fand)").expect("valid")
    });
    DATE.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thanks_in_both_languages() {
        for text in [
            "Ein besonderer Dank geht an alle.",
            "Unser Dank gilt der Stadt.",
            "Die Veranstalter danken der Schule.",
            "We thank the town.",
            "The association is grateful to the council.",
            "Special thanks to all.",
        ] {
            assert!(THANKS.is_match(text) || THANKS_EARLY.is_match(text), "{text}");
        }
        assert!(!THANKS.is_match("Dankbare Patienten gibt es selten, sagte sie."));
    }

    #[test]
    fn farewells() {
        assert!(
            LEAVE.is_match("Die nächste Tagung findet im Mai statt.") && LEAVE.is_match("The next meeting is in May.")
        );
        assert!(
            LEAVE_TITLE.is_match("Ein Rückblick auf den Tag")
                && !LEAVE_TITLE.is_match("Das passt zum Fazit der Tagung")
        );
    }
}
