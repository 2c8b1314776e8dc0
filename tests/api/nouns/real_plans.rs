//! The five plans of the demo, read through the API: the counts they really have, and the mistakes.
