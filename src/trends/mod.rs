//! Shifts between years: of concepts, of themes, with the sentences that show them.

mod comparison;
mod evidence;
mod findings;
mod shift;
mod theme_file;
mod themes;

pub use comparison::{Comparison, YearSet};
pub use evidence::{Evidence, EvidenceKind};
pub use findings::{Ranking, Trends};
pub use shift::{Shift, Side};
pub use theme_file::{Theme, ThemeFile};
pub use themes::{SpellingCount, ThemeCounts};

pub(crate) use evidence::collect as collect_evidence;
pub(crate) use findings::Parts;
pub(crate) use shift::{concept_shifts, is_counted as counts_as_talk, theme_shifts};
pub(crate) use themes::count as count_themes;
