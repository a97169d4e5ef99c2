//! Rows of capitalised words that may be one name.

use super::{Block, is_given, word};
use crate::text::class::Class;
use crate::text::token::{Token, TokenKind};

/// Whether the sentence of a token ends with a question mark.
fn is_asked(text: &str, block: &Block, i: usize) -> bool {
    let sentence = block.tokens[i].sentence;
    let last = block.tokens[i..].iter().take_while(|t| t.sentence == sentence).last();
    last.is_some_and(|t| word(text, t).ends_with('?') || text[t.span.end..].starts_with('?'))
}

/// `I’ll`, `They've`.
fn is_contraction(word: &str) -> bool {
    let end = |s: &str| word.strip_suffix(s).is_some_and(|rest| rest.ends_with(['\'', '’']));
    // The first byte of `’` is 0xe2.
    let is_marked = || word.bytes().any(|byte| matches!(byte, b'\'' | 0xe2));
    word.len() < 9 && is_marked() && word.contains(['\'', '’']) && ["ll", "ve", "re", "m", "d"].into_iter().any(end)
}

/// Number of tokens from `i` that could form one name: capitalised words with particles between, nothing but blanks
/// between them.
pub(super) fn run_length(text: &str, block: &Block, i: usize) -> usize {
    let name_like = |t: &Token| {
        let prefixed = || ["al-", "el-", "d'", "O'"].iter().any(|p| word(text, t).starts_with(p));
        t.kind == TokenKind::Word && (t.class.is(Class::CAPITALISED) || prefixed()) && !is_contraction(word(text, t))
    };
    let is_particle = |t: &Token| t.class.is(Class::PARTICLE);
    let first = &block.tokens[i];
    if first.class.is(Class::SMALL) || !name_like(first) {
        return 0;
    }
    // `Since Patrick left`, `Can Python do it?`: a capital for the sentence's sake.
    if first.initial && first.class.is(Class::STOP) && (!is_given(word(text, first)) || is_asked(text, block, i)) {
        return 1;
    }
    let mut n = 1;
    while let Some(next) = block.tokens.get(i + n).filter(|t| name_like(t) || is_particle(t)) {
        if !adjacent(text, &block.tokens[i + n - 1], next) {
            // An initial: `K. Maier`.
            break;
        }
        // One or two particles before a name: `von`, `von der`.
        let after = |k: usize| block.tokens.get(i + n + k);
        let particle = is_particle(next)
            && (1..=2).any(|k| {
                after(k).is_some_and(&name_like)
                    && (1..k).all(|j| after(j).is_some_and(is_particle))
                    && (0..k).all(|j| adjacent(text, &block.tokens[i + n + j], &block.tokens[i + n + j + 1]))
            })
            && (is_particle(&block.tokens[i + n - 1])
                || (is_given(word(text, &block.tokens[i + n - 1]))
                    // `Jan Martin von den Stadtwerken`: two given names are a name already.
                    && (n < 2 || !is_given(word(text, &block.tokens[i + n - 2])))));
        if !name_like(next) && !particle {
            break;
        }
        n += 1;
    }
    n
}

/// Whether nothing but blanks stands between two tokens.
fn adjacent(text: &str, a: &Token, b: &Token) -> bool {
    text[a.span.end..b.span.start].chars().all(char::is_whitespace)
}
