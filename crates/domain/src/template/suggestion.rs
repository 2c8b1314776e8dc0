//! What an objective looks like.
