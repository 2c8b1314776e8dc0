//! What each noun does and refuses.

mod units;
