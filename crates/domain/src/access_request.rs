//! Requests to see acts and data, as their register keeps them.
