//! Shifts between years: of concepts, of themes, with the sentences that show them.

mod assess;
mod blocks;
mod comparison;
mod cover;
mod evidence;
mod findings;
mod found;
mod nearest;
mod quotes;
mod series;
mod shift;
mod successions;
mod theme_file;
mod themes;
mod verdict;
mod watch;

pub use assess::{Assessment, Family};
pub use blocks::{Blocks, block_ids};
pub use comparison::{Comparison, YearSet};
pub use cover::Uncovered;
pub use evidence::{Evidence, EvidenceKind};
pub use findings::{Ranking, Trends};
pub use found::table::Table as TopicTable;
pub use found::{Fate, FoundSettings, FoundTheme, FoundThemes, KeyGroup, Lineage, Tried};
pub use nearest::Nearest;
pub use quotes::{Mention, mentions};
pub use series::TrendLine;
pub use shift::{Name, Shift, Side};
pub use successions::{Common, Mark, Succession, Successions};
pub use theme_file::{Theme, ThemeFile};
pub use themes::{SpellingCount, ThemeCounts};
pub use verdict::{Certainty, DECIDABLE_P, Verdict};
pub use watch::{Watch, Watched};

pub(crate) use assess::{Asked, Tester};
pub(crate) use blocks::undeclared as undeclared_blocks;
pub(crate) use cover::{grown, uncovered};
pub(crate) use evidence::collect as collect_evidence;
pub(crate) use findings::Parts;
pub(crate) use found::{find as find_themes, refit_p};
pub(crate) use series::trend_lines;
pub(crate) use shift::{concept_shifts, found_shifts, is_counted as counts_as_talk, theme_shifts};
pub(crate) use successions::successions;
pub(crate) use themes::{ThemeFinder, ThemeTally, count_themes};
pub(crate) use watch::{count as count_watched, shifts as watch_shifts};
