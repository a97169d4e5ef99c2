//! The rules that make one concept of several spellings, each of which can be switched off.

use std::fmt;

/// A rule by which spellings are counted together; docs/concepts.md explains each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// `digitaler`, `digitale`; `Häuser`, `Haus`; also inside phrases.
    Inflection,
    /// `Buerger`, `Bürger`; `Strasse`, `Straße`.
    Umlauts,
    /// `IT-Strategie`, `IT Strategie`; `Low-Code`, `LowCode`.
    Variants,
    /// `Cloud- und KI-Strategien` names `Cloud-Strategien` too.
    Ellipsis,
    /// `Bürger:innen`, `Bürgerinnen und Bürger`.
    Gender,
    /// `KI`, `Künstliche Intelligenz`.
    Acronyms,
    /// `Datensouveränität` contains `Souveränität`.
    Compounds,
    /// `digitale Souveränität` beside its words.
    Phrases,
    /// Names of people are no topics.
    People,
    /// Sentences repeated over many sessions are left out.
    Boilerplate,
    /// `under the hood`, `mit Verlaub` are no topics.
    Idioms,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 11] = [
        Self::Inflection,
        Self::Umlauts,
        Self::Variants,
        Self::Ellipsis,
        Self::Gender,
        Self::Acronyms,
        Self::Compounds,
        Self::Phrases,
        Self::People,
        Self::Boilerplate,
        Self::Idioms,
    ];

    /// Its name in tables and in `--without`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inflection => "inflection",
            Self::Umlauts => "umlauts",
            Self::Variants => "variants",
            Self::Ellipsis => "ellipsis",
            Self::Gender => "gender",
            Self::Acronyms => "acronyms",
            Self::Compounds => "compounds",
            Self::Phrases => "phrases",
            Self::People => "people",
            Self::Boilerplate => "boilerplate",
            Self::Idioms => "idioms",
        }
    }

    /// The rule of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.name() == name)
    }
}

/// A set of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rules(u16);

impl Rules {
    /// No rule.
    pub const NONE: Self = Self(0);

    /// Every rule.
    #[must_use]
    pub fn all() -> Self {
        Rule::ALL.into_iter().fold(Self::NONE, Self::with)
    }

    /// Whether a rule belongs to it.
    #[must_use]
    pub const fn has(self, rule: Rule) -> bool {
        self.0 & (1 << rule as u16) != 0
    }

    /// With a rule.
    #[must_use]
    pub const fn with(self, rule: Rule) -> Self {
        Self(self.0 | (1 << rule as u16))
    }

    /// Without a rule.
    #[must_use]
    pub const fn without(self, rule: Rule) -> Self {
        Self(self.0 & !(1 << rule as u16))
    }

    /// The rules of either.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Its rules, in order.
    pub fn iter(self) -> impl Iterator<Item = Rule> {
        Rule::ALL.into_iter().filter(move |r| self.has(*r))
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self::all()
    }
}

impl fmt::Display for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.iter().map(Rule::name).collect();
        f.write_str(&names.join("; "))
    }
}
