//! What may be said of a shift, by fixed rules (docs/methods.md 11.9).

use crate::stats::effect::RatioInterval;

/// What a shift looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Verdict {
    /// Named more often.
    Rising,
    /// Named less often.
    Falling,
    /// Named on the later side only: not seen among the talks of the earlier one.
    New,
    /// Named on the earlier side only.
    Gone,
    /// The 90 % interval lies within ÷1.5 … ×1.5.
    Stable,
    /// Neither a change nor its absence is seen.
    #[default]
    Undecided,
    /// Too few talks name it for any answer.
    NotDecidable,
}

/// How sure that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// A discovery at a false discovery rate of 5 %.
    Confirmed,
    /// p ≤ .05 or q ≤ .20, and not the doing of one talk.
    Indicated,
    /// Seen in these talks, not shown beyond them.
    Open,
}

impl Verdict {
    /// The name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rising => "rising",
            Self::Falling => "falling",
            Self::New => "new",
            Self::Gone => "gone",
            Self::Stable => "stable",
            Self::Undecided => "undecided",
            Self::NotDecidable => "not decidable",
        }
    }
}

impl Certainty {
    /// The name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Indicated => "indicated",
            Self::Open => "open",
        }
    }
}

/// The largest p, if all talks that name a term were on one side, at which a comparison can say anything of it.
pub const DECIDABLE_P: f64 = 0.25;
/// log2 of 1.5.
const SMALL: f64 = 0.584_962_500_721_156_2;

/// What a verdict is made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grounds {
    pub mentions: (u64, u64),
    pub effect: f64,
    pub decidable: bool,
    pub p: Option<f64>,
    pub q: Option<f64>,
    pub one_session: bool,
    /// Whether the test, which weighs mentions otherwise, speaks for the opposite direction.
    pub test_disagrees: bool,
    pub narrow: Option<RatioInterval>,
    /// Whether `confirmed` may be said at all.
    pub may_confirm: bool,
}

pub(super) fn judge(g: &Grounds) -> (Verdict, Option<Certainty>) {
    let direction = match g.mentions {
        (0, 0) => return (Verdict::NotDecidable, None),
        (0, _) => Verdict::New,
        (_, 0) => Verdict::Gone,
        _ if g.effect > 0.0 => Verdict::Rising,
        _ => Verdict::Falling,
    };
    let at_most = |x: Option<f64>, limit: f64| x.is_some_and(|x| x <= limit);
    if at_most(g.q, 0.05) && g.may_confirm && !g.test_disagrees {
        return (direction, Some(Certainty::Confirmed));
    }
    if !g.decidable {
        return (Verdict::NotDecidable, None);
    }
    if g.narrow.is_some_and(|i| i.low >= -SMALL && i.high <= SMALL) {
        return (Verdict::Stable, None);
    }
    if (at_most(g.p, 0.05) || at_most(g.q, 0.2)) && !g.one_session && !g.test_disagrees {
        return (direction, Some(Certainty::Indicated));
    }
    if g.effect.abs() >= SMALL { (direction, Some(Certainty::Open)) } else { (Verdict::Undecided, None) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grounds() -> Grounds {
        Grounds {
            mentions: (4, 16),
            effect: 2.0,
            decidable: true,
            p: Some(0.3),
            q: Some(0.9),
            one_session: false,
            test_disagrees: false,
            narrow: Some(RatioInterval { low: -1.0, high: 5.0, effective_mentions: 5.0 }),
            may_confirm: true,
        }
    }

    #[test]
    fn the_table_of_verdicts() {
        use {Certainty as C, Verdict as V};
        let is = |g: Grounds, verdict, certainty| assert_eq!(judge(&g), (verdict, certainty));
        is(grounds(), V::Rising, Some(C::Open));
        is(Grounds { mentions: (0, 3), ..grounds() }, V::New, Some(C::Open));
        is(Grounds { mentions: (3, 0), effect: -2.0, p: Some(0.04), ..grounds() }, V::Gone, Some(C::Indicated));
        is(Grounds { effect: -2.0, q: Some(0.01), ..grounds() }, V::Falling, Some(C::Confirmed));
        is(Grounds { q: Some(0.01), may_confirm: false, ..grounds() }, V::Rising, Some(C::Indicated));
        is(Grounds { p: Some(0.01), one_session: true, ..grounds() }, V::Rising, Some(C::Open));
        is(Grounds { q: Some(0.01), p: Some(0.01), test_disagrees: true, ..grounds() }, V::Rising, Some(C::Open));
        is(Grounds { q: Some(0.15), ..grounds() }, V::Rising, Some(C::Indicated));
        is(Grounds { effect: 0.2, ..grounds() }, V::Undecided, None);
        is(Grounds { decidable: false, p: None, q: None, ..grounds() }, V::NotDecidable, None);
        is(Grounds { mentions: (0, 0), ..grounds() }, V::NotDecidable, None);
        let narrow = Some(RatioInterval { low: -0.3, high: 0.4, effective_mentions: 500.0 });
        is(Grounds { narrow, effect: 0.1, ..grounds() }, V::Stable, None);
        is(Grounds { narrow, effect: 0.3, q: Some(0.01), ..grounds() }, V::Rising, Some(C::Confirmed));
    }
}
