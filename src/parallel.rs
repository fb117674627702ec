//! The only place that uses threads: runs work in parallel with the feature `parallel`, else in sequence (as in a browser).
//! The results have the order of the items either way.

#[cfg(feature = "parallel")]
use rayon::prelude::*;

/// Applies `f` to each item.
pub fn map<T: Send, R: Send>(items: Vec<T>, f: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    #[cfg(feature = "parallel")]
    return items.into_par_iter().map(f).collect();
    #[cfg(not(feature = "parallel"))]
    items.into_iter().map(f).collect()
}

/// The results of two pieces of work.
pub fn join<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    #[cfg(feature = "parallel")]
    return rayon::join(one, other);
    #[cfg(not(feature = "parallel"))]
    (one(), other())
}

/// Sorts in place by a key that no two items share.
pub fn sort_by_key<T: Send, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K + Sync) {
    #[cfg(feature = "parallel")]
    items.par_sort_unstable_by(|one, other| key(one).cmp(&key(other)));
    #[cfg(not(feature = "parallel"))]
    items.sort_unstable_by(|one, other| key(one).cmp(&key(other)));
}
