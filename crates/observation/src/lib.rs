//! What was seen and where: the vocabulary that readers produce and recognisers consume.
//!
//! An [`Observation`] is a piece of evidence with its origin. It carries no opinion: what a text *means* is
//! decided later, by recognisers and by the catalogue.

mod channel;
mod event;
mod evidence;
mod fact;
mod observation;
mod source;
mod time;

pub use channel::{Channel, ChannelState};
pub use event::{EventLevel, WinEvent};
pub use evidence::{Evidence, InputRead};
pub use fact::Fact;
pub use observation::{Notice, NoticeKind, Observation};
pub use source::Source;
pub use time::Timestamp;
